package dev.birdconnect.quickstart.evidence;

import java.time.Instant;
import java.util.Optional;

/**
 * A record of the statuses topic.
 *
 * @param eventId the event's id: the same event has the same one
 * @param messageId the message's id
 * @param source the record that the message was made from, from the event's own fields; empty for
 *     messages that no sink sent
 * @param previous the status before; empty at first sight
 * @param status the status now
 * @param at since when, as the API says
 */
public record StatusEvent(
    String eventId,
    String messageId,
    Optional<RecordCoordinates> source,
    Optional<String> previous,
    String status,
    Instant at) {}
