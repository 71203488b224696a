package dev.birdconnect.source.config;

import dev.birdconnect.client.ChannelsClient;
import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.common.config.BadConnectionException;
import dev.birdconnect.common.config.ConnectionConfig;
import dev.birdconnect.common.config.LiveCheck;
import dev.birdconnect.source.discovery.ApiChannelLister;
import dev.birdconnect.source.discovery.Finding;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks the API whether a configuration is right, within a bounded time. */
final class LiveValidation {

  private static final int CALLS_AT_ONCE = 8;
  private static final int MOST_CHANNELS = 20;

  private final SourceConfig config;
  private final ChannelsClient client;
  private final LiveCheck liveCheck;
  private final long deadline;

  private LiveValidation(SourceConfig config, ChannelsClient client) {
    this.config = config;
    this.client = client;
    Duration patience = config.connection().validationPatience();
    this.liveCheck = new LiveCheck(client, client, patience);
    this.deadline = System.nanoTime() + patience.toNanos();
  }

  /** What is wrong, by setting, in sentences; empty when all is well or nothing is to be asked. */
  static Map<String, List<String>> check(SourceConfig config) {
    ConnectionConfig connection = config.connection();
    if (!connection.liveValidation()) {
      return Map.of();
    }
    try (ChannelsClient client =
        connection.open(CALLS_AT_ONCE, ConflictRule.REJECT, "bird-source-validation")) {
      LiveValidation validation = new LiveValidation(config, client);
      return config.channels().discovered()
          ? validation.checkDiscovery()
          : validation.checkChannels(config.channelIds(), ChannelConfig.IDS);
    } catch (BadConnectionException e) {
      Map<String, List<String>> complaints = new HashMap<>();
      e.complaints().forEach((setting, sentence) -> complaints.put(setting, List.of(sentence)));
      return complaints;
    }
  }

  private Map<String, List<String>> checkChannels(List<String> channelIds, String setting) {
    String workspaceId = config.connection().workspaceId();
    Map<String, List<String>> complaints =
        liveCheck.check(workspaceId, channelIds, setting, Set.of(LiveCheck.Need.LIST));
    return complaints.isEmpty() ? checkInteractions(workspaceId, channelIds) : complaints;
  }

  /** Of many channels a few say enough. */
  private Map<String, List<String>> checkInteractions(String workspaceId, List<String> channelIds) {
    if (config.interactionSettings().isEmpty()) {
      return Map.of();
    }
    List<String> few = channelIds.stream().limit(MOST_CHANNELS).toList();
    List<String> complaints = new InteractionRight(client, client, left()).check(workspaceId, few);
    return complaints.isEmpty() ? Map.of() : Map.of(InteractionConfig.ENABLED, complaints);
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  /** Of many channels a few say enough about key and rights. What is not known is no complaint. */
  private Map<String, List<String>> checkDiscovery() {
    String workspaceId = config.connection().workspaceId();
    Map<String, List<String>> complaints = liveCheck.checkChannelList(workspaceId);
    if (!complaints.isEmpty()) {
      return complaints;
    }
    boolean byPlatform = config.channels().discovery() == Discovery.PLATFORM;
    String setting = byPlatform ? ChannelConfig.PLATFORM_REGEX : ChannelConfig.DISCOVERY;
    if (!(find() instanceof Finding.Channels found)) {
      return Map.of();
    }
    if (found.ids().isEmpty()) {
      return Map.of(
          setting,
          List.of(
              byPlatform
                  ? "The workspace has no channel whose platform matches it."
                  : "The workspace has no channel."));
    }
    return checkChannels(found.ids().stream().sorted().limit(MOST_CHANNELS).toList(), setting);
  }

  private Finding find() {
    try {
      return new ApiChannelLister(
              client,
              config.connection().workspaceId(),
              config.channels().wanted(),
              System::nanoTime)
          .readWithin(left());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Finding.Failed("interrupted");
    }
  }
}
