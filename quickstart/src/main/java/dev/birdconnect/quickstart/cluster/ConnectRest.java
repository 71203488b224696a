package dev.birdconnect.quickstart.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The few calls of a Connect worker's REST API that are needed here. Every failure is a {@link
 * ConnectRestException} whose message is a sentence; {@link InterruptedException} is passed on.
 */
public final class ConnectRest {

  /** Between two looks at a state, and two tries of a call that met a rebalance. */
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper json = new ObjectMapper();
  private final URI root;
  private final Pause pause;

  /**
   * Speaks to one worker.
   *
   * @param root the REST API's address, such as {@code http://localhost:8083}
   */
  public ConnectRest(URI root) {
    this(root, Pause.REAL);
  }

  ConnectRest(URI root, Pause pause) {
    this.root = root;
    this.pause = pause;
  }

  /**
   * Waits until the worker answers.
   *
   * @param limit the longest wait
   * @throws ConnectRestException when the time is over
   */
  public void awaitReady(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      try {
        call("GET", "/connectors", "");
        return;
      } catch (ConnectRestException e) {
        if (System.nanoTime() - deadline >= 0) {
          throw e;
        }
        pause.sleep(BETWEEN_TRIES);
      }
    }
  }

  /** Class names of the connectors that the worker found in its plugin path. */
  public List<String> connectorPlugins() throws InterruptedException {
    List<String> classes = new ArrayList<>();
    for (JsonNode plugin : call("GET", "/connector-plugins", "")) {
      classes.add(plugin.path("class").asText());
    }
    return List.copyOf(classes);
  }

  /**
   * Creates a connector; repeats the call while the worker is rebalancing, for at most half a
   * minute.
   *
   * @param connector name and config in the form of {@code POST /connectors}
   */
  public void create(JsonNode connector) throws InterruptedException {
    call("POST", "/connectors", connector.toString());
  }

  /**
   * State of a connector and its tasks, as {@code GET /connectors/{name}/status} gives it. A
   * connector that the worker has only just been given has no task and no failure.
   */
  public ConnectorState state(String connector) throws InterruptedException {
    JsonNode status;
    try {
      status = call("GET", "/connectors/" + connector + "/status", "");
    } catch (ConnectRestException e) {
      if (e.status() == NOT_FOUND) {
        return new ConnectorState(0, List.of());
      }
      throw e;
    }
    List<String> failures = new ArrayList<>();
    int running = 0;
    addFailure(failures, "connector " + connector, status.path("connector"));
    for (JsonNode task : status.path("tasks")) {
      addFailure(failures, "task " + task.path("id").asInt() + " of " + connector, task);
      if (task.path("state").asText().equals("RUNNING")) {
        running++;
      }
    }
    return new ConnectorState(running, List.copyOf(failures));
  }

  /**
   * Waits until a connector has a running task.
   *
   * @param connector its name
   * @param limit the longest wait
   * @throws ConnectRestException when it or a task fails, or the time is over
   */
  public void awaitRunning(String connector, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      ConnectorState state = state(connector);
      if (!state.failures().isEmpty()) {
        throw new ConnectRestException(String.join(" ", state.failures()));
      }
      if (state.runningTasks() > 0) {
        return;
      }
      if (System.nanoTime() - deadline >= 0) {
        throw new ConnectRestException(
            "Connector " + connector + " has no running task after " + limit.toSeconds() + " s.");
      }
      pause.sleep(BETWEEN_TRIES);
    }
  }

  /** Deletes a connector; its offsets stay. */
  public void delete(String connector) throws InterruptedException {
    call("DELETE", "/connectors/" + connector, "");
  }

  private static void addFailure(List<String> failures, String who, JsonNode part) {
    if (part.path("state").asText().equals("FAILED")) {
      String trace = part.path("trace").asText();
      failures.add(who + " failed: " + trace.lines().findFirst().orElse("no reason given"));
    }
  }

  private JsonNode call(String method, String path, String body) throws InterruptedException {
    long deadline = System.nanoTime() + CALL_TIMEOUT.toNanos();
    while (true) {
      HttpResponse<String> response = exchange(method, path, body);
      int status = response.statusCode();
      if (status / 100 == 2) {
        return parse(response.body());
      }
      boolean rebalancing = status == CONFLICT && response.body().contains("rebalance");
      if (!rebalancing || System.nanoTime() - deadline >= 0) {
        throw new ConnectRestException(
            status,
            "The Connect worker answered "
                + method
                + " "
                + path
                + " with "
                + status
                + ": "
                + complaint(response.body()));
      }
      pause.sleep(BETWEEN_TRIES);
    }
  }

  private HttpResponse<String> exchange(String method, String path, String body)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(root + path))
            .timeout(CALL_TIMEOUT)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new ConnectRestException(
          "The Connect worker at " + root + " cannot be reached: " + e.getMessage(), e);
    }
  }

  private JsonNode parse(String body) {
    if (body.isBlank()) {
      return MissingNode.getInstance();
    }
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      throw new ConnectRestException("The Connect worker's answer is not JSON.", e);
    }
  }

  private String complaint(String body) {
    try {
      return parse(body).path("message").asText("no message");
    } catch (ConnectRestException e) {
      return "an answer that is not JSON";
    }
  }
}
