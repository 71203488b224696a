package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.OperationContract;
import dev.birdconnect.simulator.fault.Verdict.Hiding;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.Workspace;
import dev.birdconnect.simulator.switches.SwitchValues;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A request that passed access, rate, size and the checks of its path. Its text form shows nothing
 * of it.
 *
 * @param contract the document's part on the operation, as read under the switches
 * @param switches the switches in force when it came
 * @param workspace the workspace in the path, open to the caller
 * @param path values in the path
 * @param query values in the query
 * @param body the JSON sent, where the operation takes one
 * @param idempotencyKey the header of that name
 * @param base what the caller takes for the simulator's address, without a slash at the end
 * @param hiding for how long a message made by it is not shown
 */
record Call(
    OperationContract contract,
    SwitchValues switches,
    Workspace workspace,
    Map<String, String> path,
    Map<String, String> query,
    Optional<JsonNode> body,
    Optional<String> idempotencyKey,
    String base,
    Hiding hiding) {

  /** The channel in the path. */
  Channel channel() throws RefusedException {
    return workspace
        .channel(UUID.fromString(path.getOrDefault("channelId", "")))
        .orElseThrow(() -> new RefusedException(Errors.notFound("channel")));
  }

  /** The id of the message in the path. */
  UUID messageId() {
    return UUID.fromString(path.getOrDefault("messageId", ""));
  }

  @Override
  public String toString() {
    return "Call[" + workspace.id() + "]";
  }
}
