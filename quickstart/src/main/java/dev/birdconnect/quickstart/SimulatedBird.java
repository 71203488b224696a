package dev.birdconnect.quickstart;

import dev.birdconnect.quickstart.flow.ChannelReader;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** wip */
final class SimulatedBird implements AutoCloseable {
  static SimulatedBird start(Duration latency, long seed) {
    return new SimulatedBird();
  }

  URI apiUrl() {
    return URI.create("http://localhost:1");
  }

  URI pageUrl() {
    return apiUrl();
  }

  List<String> examples() {
    return List.of();
  }

  Map<String, String> properties() {
    return Map.of(
        "api.url",
        apiUrl().toString(),
        "access.key",
        "k",
        "workspace.id",
        "w",
        "channel.id",
        "c",
        "channel.ids",
        "c");
  }

  ChannelReader channelReader() {
    return new ChannelReader(apiUrl(), "k", "w", "c");
  }

  @Override
  public void close() {}
}
