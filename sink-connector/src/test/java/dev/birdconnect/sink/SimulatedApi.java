package dev.birdconnect.sink;

import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The simulator, a fresh one for each test. */
final class SimulatedApi implements BeforeEachCallback, AfterEachCallback {

  private Simulator simulator;
  private int port;

  @Override
  public void beforeEach(ExtensionContext context) {
    simulator = Simulator.start(SimulatorSettings.demo().withoutRateLimits());
    port = simulator.port();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    simulator.close();
  }

  Simulator simulator() {
    return simulator;
  }

  /** Nobody answers any more. */
  void stop() {
    simulator.close();
  }

  /** A fresh one answers at the same address. */
  void startAgain() {
    simulator.close();
    simulator = Simulator.start(SimulatorSettings.demo().withoutRateLimits().withPort(port));
  }

  /** What the store has under an address of a message. */
  byte[] stored(String mediaUrl) throws IOException {
    String path = URI.create(mediaUrl).getPath();
    return Files.readAllBytes(
        simulator.mediaStore().file(path.substring("/media/".length())).orElseThrow().content());
  }

  /** How many requests the first fault met. */
  int struck() {
    return (int) simulator.faults().list().get(0).struck();
  }

  /** A task's settings, and these, by name and value. */
  Map<String, String> properties(String... settings) {
    Map<String, String> properties = TaskHarness.properties(simulator.url());
    for (int i = 0; i < settings.length; i += 2) {
      properties.put(settings[i], settings[i + 1]);
    }
    return properties;
  }
}
