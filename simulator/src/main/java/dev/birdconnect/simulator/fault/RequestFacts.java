package dev.birdconnect.simulator.fault;

import java.util.Optional;
import java.util.UUID;

/**
 * What rules look at.
 *
 * @param method HTTP method
 * @param channel channel in the path
 * @param reference label of a send
 */
public record RequestFacts(String method, Optional<UUID> channel, Optional<String> reference) {}
