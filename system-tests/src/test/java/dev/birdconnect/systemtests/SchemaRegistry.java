package dev.birdconnect.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.quickstart.cluster.SchemaRegistryProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/**
 * A schema registry with Confluent's API in a process of its own, which keeps its schemas in
 * memory. The build unpacks it from Maven Central.
 */
final class SchemaRegistry implements AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final SchemaRegistryProcess process;

  private SchemaRegistry(SchemaRegistryProcess process) {
    this.process = process;
  }

  /**
   * Starts a registry and waits until it answers.
   *
   * @param folder for its log
   */
  static SchemaRegistry start(Path folder) throws IOException, InterruptedException {
    return new SchemaRegistry(
        SchemaRegistryProcess.start(ConnectStack.folder("schema.registry.folder"), folder));
  }

  /** The address that converters and serializers are set to. */
  String url() {
    return process.url();
  }

  /** Lets versions of a schema in only if they can read what the ones before have written. */
  void requireBackwardCompatibility() {
    ask("PUT", "/config", "{\"compatibility\": \"BACKWARD\"}");
  }

  /** Whether the registry takes a schema as the next version of its subject. */
  boolean register(String subject, JsonNode schema) {
    ObjectNode body = MAPPER.createObjectNode().put("schema", schema.toString());
    return ask("POST", "/subjects/" + subject + "/versions", body.toString()).statusCode() == 200;
  }

  /** How many versions a subject has. */
  int versions(String subject) {
    return json("/subjects/" + subject + "/versions").size();
  }

  /** The schema that a version of a subject is. */
  JsonNode schema(String subject, int version) {
    return Orders.json(
        json("/subjects/" + subject + "/versions/" + version).get("schema").textValue());
  }

  private JsonNode json(String path) {
    HttpResponse<String> answer = ask("GET", path, "");
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + ": " + answer.body());
    }
    return Orders.json(answer.body());
  }

  private HttpResponse<String> ask(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
