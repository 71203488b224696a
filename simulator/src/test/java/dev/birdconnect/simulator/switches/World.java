package dev.birdconnect.simulator.switches;

import dev.birdconnect.simulator.Api;
import dev.birdconnect.simulator.Api.Reply;
import dev.birdconnect.simulator.ManualClock;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.account.WorkspaceSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** One simulator with the switch set, and what a probe needs. */
final class World implements AutoCloseable {
  /** A workspace that the key of the demo workspace does not open. */
  static final UUID FOREIGN = UUID.fromString("aaaaaaaa-6b1d-4c3f-9a57-2d8e1b7c5a01");

  /** Fields of a send as JSON, without braces. */
  static final String TO = "\"receiver\":{\"contacts\":[{\"identifierValue\":\"+316\"}]}";

  static final String TEXT = "\"body\":{\"type\":\"text\",\"text\":{\"text\":\"x\"}}";
  private static final Instant START = Instant.parse("2031-03-01T13:00:00.120Z");

  final ManualClock clock = new ManualClock(START);
  final Simulator simulator;
  final Api api;

  World(boolean limited) {
    List<WorkspaceSettings> workspaces = new ArrayList<>(SimulatorSettings.demo().workspaces());
    workspaces.add(new WorkspaceSettings(FOREIGN, List.of("other-key"), List.of()));
    SimulatorSettings settings =
        SimulatorSettings.demo().withWorkspaces(workspaces).withClock(clock);
    simulator =
        Simulator.start(
            limited
                ? settings.withRates(Optional.of(1), Optional.of(1))
                : settings.withoutRateLimits());
    api = new Api(simulator);
  }

  @Override
  public void close() {
    simulator.close();
  }

  Reply send(String json) throws Exception {
    return api.post(Api.messages(), json);
  }

  Reply sendText(String reference) throws Exception {
    return api.send(Api.text(reference, "+31600000001"));
  }

  Reply list(String query) throws Exception {
    return api.get(Api.messages() + query);
  }

  Reply read(Reply made) throws Exception {
    return api.get(Api.messages() + "/" + made.json().path("id").asString());
  }

  String references(String query) throws Exception {
    List<String> references = new ArrayList<>();
    list(query)
        .json()
        .path("results")
        .forEach(message -> references.add(message.path("reference").asString()));
    return String.join(" ", references);
  }

  void sendThree() throws Exception {
    for (String reference : List.of("a", "b", "c")) {
      sendText(reference);
      clock.advance(Duration.ofMillis(10));
    }
  }

  String later(Reply made) throws Exception {
    clock.advance(Duration.ofMinutes(1));
    JsonNode message = read(made).json();
    return made.status()
        + " "
        + message.path("status").asString()
        + " "
        + message.at("/failure/code").asString("");
  }
}
