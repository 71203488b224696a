package dev.birdconnect.simulator;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_ACCESS_KEY;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_SMS_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_WORKSPACE_ID;

import dev.birdconnect.simulator.contract.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A plain HTTP client of the demo workspace. */
public final class Api {
  /** An answer. */
  public record Reply(int status, JsonNode json, HttpResponse<String> response) {
    /** A header, empty when it is missing. */
    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  private final URI url;
  private final HttpClient client;

  public Api(Simulator simulator) {
    this(simulator, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
  }

  public Api(Simulator simulator, HttpClient client) {
    this.url = simulator.url();
    this.client = client;
  }

  public static String channel(String channelId) {
    return "/workspaces/" + DEMO_WORKSPACE_ID + "/channels/" + channelId;
  }

  public static String messages() {
    return channel(DEMO_SMS_CHANNEL_ID) + "/messages";
  }

  public static ObjectNode text(String reference, String receiver) {
    ObjectNode request = Json.mapper().createObjectNode();
    request.putObject("receiver").putArray("contacts").addObject().put("identifierValue", receiver);
    request.putObject("body").put("type", "text").putObject("text").put("text", "Hello");
    return request.put("reference", reference);
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(url.resolve(path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "AccessKey " + DEMO_ACCESS_KEY)
        .header("Content-Type", "application/json");
  }

  public Reply send(JsonNode body) throws Exception {
    return post(messages(), body.toString());
  }

  public Reply post(String path, String body) throws Exception {
    return call(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  public Reply get(String path) throws Exception {
    return call(request(path).GET());
  }

  public Reply delete(String path) throws Exception {
    return call(request(path).DELETE());
  }

  CompletableFuture<HttpResponse<String>> sendAsync(JsonNode body) {
    return client.sendAsync(
        request(messages()).POST(HttpRequest.BodyPublishers.ofString(body.toString())).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  public Reply call(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    JsonNode json =
        response.body().startsWith("{")
            ? Json.mapper().readTree(response.body())
            : Json.mapper().nullNode();
    return new Reply(response.statusCode(), json, response);
  }
}
