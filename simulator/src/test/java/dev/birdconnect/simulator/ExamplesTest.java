package dev.birdconnect.simulator;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_EMAIL_CHANNEL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.Api.Reply;
import dev.birdconnect.simulator.contract.Contract;
import dev.birdconnect.simulator.contract.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Documented sends, bodies and actions pass, and a field more is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesTest {
  private static final String PATH = Api.channel(DEMO_EMAIL_CHANNEL_ID) + "/messages";

  private final Contract contract = Contract.channelsApi();
  private Simulator simulator;
  private Api api;

  @BeforeAll
  void start() {
    ManualClock clock = new ManualClock(Instant.parse("2031-02-28T00:00:00Z"));
    simulator = Simulator.start(SimulatorSettings.demo().withoutRateLimits().withClock(clock));
    api = new Api(simulator);
  }

  @AfterAll
  void stop() {
    simulator.close();
  }

  static Stream<JsonNode> sends() throws IOException {
    try (InputStream in = ExamplesTest.class.getResourceAsStream("/examples.json")) {
      JsonNode examples = Json.mapper().readTree(in);
      List<JsonNode> sends = new ArrayList<>();
      examples.path("sends").forEach(sends::add);
      examples
          .path("bodies")
          .forEach(
              body -> {
                ObjectNode send = Api.text("example", "ann@example.org");
                send.set("body", body);
                sends.add(send);
              });
      examples
          .path("actions")
          .forEach(
              action -> {
                ObjectNode send = Api.text("example", "ann@example.org");
                ((ObjectNode) send.at("/body/text")).putArray("actions").add(action);
                sends.add(send);
              });
      return sends.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("sends")
  void aDocumentedExampleIsTakenInAndShownAsSent(JsonNode send) throws Exception {
    Reply made = api.post(PATH, send.toString());

    assertThat(made.status()).as(made.json().toString()).isEqualTo(202);
    assertThat(contract.check("Message", made.json()).byPath()).isEmpty();
    assertThat(made.json().path("body")).isEqualTo(send.path("body"));
    assertThat(made.json().path("template")).isEqualTo(send.path("template"));
    assertThat(made.json().path("meta")).isEqualTo(send.path("meta"));
  }

  @ParameterizedTest
  @MethodSource("sends")
  void aFieldMoreIsRefusedWhereverTheObjectIsClosed(JsonNode send) throws Exception {
    List<String> closed = new ArrayList<>(List.of("", "/receiver", "/receiver/contacts/0"));
    if (send.has("template")) {
      closed.add("/template");
    } else {
      String type = send.at("/body/type").asString();
      closed.add("/body");
      if (!type.equals("action")) {
        closed.add("/body/" + type);
      }
    }
    for (String place : closed) {
      JsonNode changed = send.deepCopy();
      ((ObjectNode) changed.at(place)).put("surprise", 1);
      Reply refused = api.post(PATH, changed.toString());

      assertThat(refused.status()).as(place).isEqualTo(422);
      String path = place.isEmpty() ? "." : place.replace("/0", "[0]").replace('/', '.');
      assertThat(refused.json().path("details").path(path))
          .as(refused.json().toString())
          .extracting(JsonNode::asString)
          .containsExactly("property \"surprise\" is unsupported");
    }
  }
}
