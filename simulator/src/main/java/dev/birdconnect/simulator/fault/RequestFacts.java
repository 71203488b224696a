package dev.birdconnect.simulator.fault;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What rules look at. Its text form shows no query and no label.
 *
 * @param method HTTP method
 * @param path path and query
 * @param call operation of the API
 * @param channel channel in the path
 * @param references labels of a send, or of all sends of a batch
 */
public record RequestFacts(
    String method,
    String path,
    Optional<ApiCall> call,
    Optional<UUID> channel,
    List<String> references) {
  @Override
  public String toString() {
    return "RequestFacts[" + method + ", " + call + "]";
  }
}
