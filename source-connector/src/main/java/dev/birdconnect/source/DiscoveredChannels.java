package dev.birdconnect.source;

import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.source.config.SourceConfig;
import dev.birdconnect.source.discovery.ApiChannelLister;
import dev.birdconnect.source.discovery.ChannelWatch;
import dev.birdconnect.source.discovery.Finding;
import dev.birdconnect.source.discovery.NoChannelsException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels of a connector that finds them through the API. */
final class DiscoveredChannels implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DiscoveredChannels.class);
  private static final int CALLS_AT_ONCE = 2;

  private final ChannelsApi api;
  private final ChannelWatch watch;
  private final Duration patience;

  private DiscoveredChannels(ChannelsApi api, ChannelWatch watch, Duration patience) {
    this.api = api;
    this.watch = watch;
    this.patience = patience;
  }

  /**
   * Begins to look for channels.
   *
   * @param onChange run when others are to be read
   */
  static DiscoveredChannels start(SourceConfig config, Runnable onChange) {
    Duration patience = config.connection().validationPatience();
    String name = "bird-source-channels-" + config.connectorName();
    ChannelsApi api = config.connection().open(CALLS_AT_ONCE, ConflictRule.REJECT, name);
    ChannelWatch watch =
        new ChannelWatch(
            lister(config, api),
            config.channels().refreshInterval(),
            patience,
            time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()),
            onChange,
            name);
    watch.start();
    return new DiscoveredChannels(api, watch, patience);
  }

  /**
   * The channels of a connector whether it runs or not: those that are listed, or those that the
   * API names now.
   *
   * @return empty when they are to be discovered and are not known; offsets may be set even so
   */
  static Optional<List<String>> ofNow(SourceConfig config) {
    if (!config.channels().discovered()) {
      return Optional.of(config.channelIds());
    }
    if (!config.connection().liveValidation()) {
      return Optional.empty();
    }
    String name = "bird-source-offsets-" + config.connectorName();
    try (ChannelsApi api = config.connection().open(CALLS_AT_ONCE, ConflictRule.REJECT, name)) {
      Finding finding = lister(config, api).readWithin(config.connection().validationPatience());
      if (finding instanceof Finding.Channels found && found.whole() && !found.ids().isEmpty()) {
        return Optional.of(found.ids().stream().sorted().toList());
      }
      LOG.warn(
          "The workspace's channels are not known; offsets are set whatever their channels are.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private static ApiChannelLister lister(SourceConfig config, ChannelsApi api) {
    return new ApiChannelLister(
        api, config.connection().workspaceId(), config.channels().wanted(), System::nanoTime);
  }

  /**
   * The channels. A worker asks for them on the one thread that does all its other work too, so the
   * first answer is waited for once, for as long as one call may take.
   *
   * @throws ConnectException when they are not known by then
   */
  List<String> ids() {
    try {
      return watch.channels(patience);
    } catch (NoChannelsException e) {
      throw new ConnectException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("The connector was stopped while it looked for channels.", e);
    }
  }

  @Override
  public void close() {
    watch.close();
    api.close();
  }
}
