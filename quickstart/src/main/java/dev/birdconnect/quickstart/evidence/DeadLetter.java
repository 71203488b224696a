package dev.birdconnect.quickstart.evidence;

/**
 * A record of the dead letter topic.
 *
 * @param source the record that was refused, from Connect's context headers
 * @param reason why, from Connect's context headers
 */
public record DeadLetter(RecordCoordinates source, String reason) {}
