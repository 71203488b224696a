package dev.birdconnect.source.interaction;

import dev.birdconnect.client.message.Interaction;
import dev.birdconnect.source.position.InteractionState;

/**
 * An interaction that was not emitted before, together with the state of its part after it.
 *
 * @param message the message
 * @param interaction the interaction
 * @param eventId the same whenever the interaction is emitted again
 * @param part the part that the message belongs to
 * @param state the state to restart from once the event is stored
 */
public record InteractionEmission(
    FollowedMessage message,
    Interaction interaction,
    String eventId,
    int part,
    InteractionState state) {}
