package dev.birdconnect.simulator.store;

import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a receiver did with a message: {@code opened}, {@code read}, {@code clicked}, ...
 *
 * @param id its id
 * @param type the kind
 * @param createdAtMillis when, in milliseconds since 1970
 * @param more further fields of the resource, such as {@code metadata}; empty when there are none
 */
public record Interaction(UUID id, String type, long createdAtMillis, ObjectNode more) {}
