package dev.birdconnect.quickstart.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that gives prepared answers, one for each call. */
class ConnectRestTest {

  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<String> calls = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private HttpServer server;
  private ConnectRest rest;

  private record Answer(int status, String body) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          Answer answer = answers.removeFirst();
          byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    rest =
        new ConnectRest(
            URI.create("http://localhost:" + server.getAddress().getPort()), pauses::add);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aCallThatMeetsARebalanceIsRepeated() throws Exception {
    answers.add(
        new Answer(409, "{\"message\": \"Cannot complete request because of a rebalance\"}"));
    answers.add(new Answer(201, "{}"));

    rest.create(JsonNodeFactory.instance.objectNode());

    assertThat(calls).containsExactly("POST /connectors", "POST /connectors");
    assertThat(pauses).hasSize(1);
  }

  @Test
  void anotherConflictIsAFailure() {
    answers.add(new Answer(409, "{\"message\": \"Connector bird-sink already exists\"}"));

    assertThatThrownBy(() -> rest.create(JsonNodeFactory.instance.objectNode()))
        .isInstanceOf(ConnectRestException.class)
        .hasMessage(
            "The Connect worker answered POST /connectors with 409: Connector bird-sink already"
                + " exists");
  }

  @Test
  void theStateNamesWhatFailed() throws Exception {
    answers.add(
        new Answer(
            200,
            """
            {"connector": {"state": "RUNNING"}, "tasks": [
              {"id": 0, "state": "RUNNING"},
              {"id": 1, "state": "FAILED", "trace": "first line\\n\\tsecond line"}]}
            """));

    assertThat(rest.state("bird-sink"))
        .isEqualTo(new ConnectorState(1, List.of("task 1 of bird-sink failed: first line")));
  }

  @Test
  void aConnectorThatHasNoStatusYetIsWaitedFor() throws Exception {
    answers.add(new Answer(404, "{\"message\": \"No status found for connector bird-sink\"}"));

    assertThat(rest.state("bird-sink")).isEqualTo(new ConnectorState(0, List.of()));
  }

  @Test
  void waitingEndsWithTheFirstRunningTask() throws Exception {
    answers.add(new Answer(200, "{\"connector\": {\"state\": \"RUNNING\"}, \"tasks\": []}"));
    answers.add(
        new Answer(
            200,
            "{\"connector\": {\"state\": \"RUNNING\"}, \"tasks\": [{\"id\": 0, \"state\":"
                + " \"RUNNING\"}]}"));

    rest.awaitRunning("bird-sink", Duration.ofSeconds(20));

    assertThat(pauses).hasSize(1);
  }

  @Test
  void waitingEndsWithAFailure() {
    answers.add(
        new Answer(
            200, "{\"connector\": {\"state\": \"FAILED\", \"trace\": \"no key\"}, \"tasks\": []}"));

    assertThatThrownBy(() -> rest.awaitRunning("bird-sink", Duration.ofSeconds(20)))
        .hasMessage("connector bird-sink failed: no key");
  }

  @Test
  void waitingEndsWhenTheTimeIsOver() {
    answers.add(new Answer(200, "{\"connector\": {\"state\": \"RUNNING\"}, \"tasks\": []}"));

    assertThatThrownBy(() -> rest.awaitRunning("bird-sink", Duration.ZERO))
        .hasMessage("Connector bird-sink has no running task after 0 s.");
  }

  @Test
  void aWorkerThatIsNotThereIsNamed() {
    ConnectRest nobody = new ConnectRest(URI.create("http://localhost:1"), pauses::add);

    assertThatThrownBy(nobody::connectorPlugins)
        .isInstanceOf(ConnectRestException.class)
        .hasMessageContaining("The Connect worker at http://localhost:1 cannot be reached");
  }
}
