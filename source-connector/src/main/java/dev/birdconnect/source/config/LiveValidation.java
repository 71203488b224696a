package dev.birdconnect.source.config;

import dev.birdconnect.client.ChannelsClient;
import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.common.config.BadConnectionException;
import dev.birdconnect.common.config.ConnectionConfig;
import dev.birdconnect.common.config.LiveCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks the API whether a configuration is right, within a bounded time. */
public final class LiveValidation {

  private static final int CALLS_AT_ONCE = 8;

  private LiveValidation() {}

  /** What is wrong, by setting, in sentences; empty when all is well or nothing is to be asked. */
  public static Map<String, List<String>> check(SourceConfig config) {
    ConnectionConfig connection = config.connection();
    if (!connection.liveValidation()) {
      return Map.of();
    }
    try (ChannelsClient client =
        connection.open(CALLS_AT_ONCE, ConflictRule.REJECT, "bird-source-validation")) {
      return new LiveCheck(client, client, connection.validationPatience())
          .check(
              connection.workspaceId(),
              config.channelIds(),
              SourceConfig.CHANNEL_IDS,
              Set.of(LiveCheck.Need.LIST));
    } catch (BadConnectionException e) {
      Map<String, List<String>> complaints = new HashMap<>();
      e.complaints().forEach((setting, sentence) -> complaints.put(setting, List.of(sentence)));
      return complaints;
    }
  }
}
