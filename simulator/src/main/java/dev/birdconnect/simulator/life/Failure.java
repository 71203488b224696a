package dev.birdconnect.simulator.life;

/**
 * The {@code failure} object of a message.
 *
 * @param code common code, 11XXX to 15XXX
 * @param description text for people
 * @param sourceCode code of the step that failed
 * @param sourceName step that failed
 */
public record Failure(int code, String description, String sourceCode, String sourceName) {}
