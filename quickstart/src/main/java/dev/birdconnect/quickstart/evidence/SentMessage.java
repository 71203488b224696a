package dev.birdconnect.quickstart.evidence;

import java.time.Instant;
import java.util.Optional;

/**
 * A message as the simulator has it.
 *
 * @param id the message's id
 * @param source the record it was made from, taken from its reference; empty for messages that no
 *     sink sent
 * @param outgoing whether it goes to a customer
 * @param status its status now
 * @param createdAt when it was made
 */
public record SentMessage(
    String id,
    Optional<RecordCoordinates> source,
    boolean outgoing,
    String status,
    Instant createdAt) {}
