package dev.birdconnect.source.interaction;

import java.time.Duration;

/**
 * How interactions are read.
 *
 * @param maxAge how long those of a message are looked for
 * @param shortest shortest time between two reads of those of a message
 */
public record InteractionSettings(Duration maxAge, Duration shortest) {}
