package dev.birdconnect.simulator.life;

/**
 * Something a receiver does with a message.
 *
 * @param type the interaction, such as {@code opened}
 * @param atMillis milliseconds since 1970
 */
public record Moment(String type, long atMillis) {}
