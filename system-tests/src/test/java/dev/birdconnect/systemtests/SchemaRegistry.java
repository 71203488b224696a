package dev.birdconnect.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.quickstart.cluster.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A schema registry with Confluent's API in a process of its own, which keeps its schemas in
 * memory. The build unpacks it from Maven Central.
 */
final class SchemaRegistry implements AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String CONFLUENT_API = "/apis/ccompat/v7";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final URI url;

  private SchemaRegistry(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts a registry and waits until it answers.
   *
   * @param folder for its log
   */
  static SchemaRegistry start(Path folder) {
    int port = FreePorts.find(1).get(0);
    Path log = folder.resolve("schema-registry.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            program().toString());
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    try {
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      SchemaRegistry registry =
          new SchemaRegistry(process, URI.create("http://127.0.0.1:" + port + CONFLUENT_API));
      registry.awaitAnswer(log);
      return registry;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path program() {
    Path folder = ConnectStack.folder("schema.registry.folder");
    try (var files = Files.list(folder)) {
      List<Path> programs = files.filter(file -> file.toString().endsWith("-runner.jar")).toList();
      if (programs.size() != 1) {
        throw new IllegalStateException("There is no schema registry in " + folder + ".");
      }
      return programs.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitAnswer(Path log) {
    HttpRequest subjects = HttpRequest.newBuilder(URI.create(url + "/subjects")).build();
    try {
      Awaitility.await("the schema registry answers")
          .atMost(ConnectStack.PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(
              () -> {
                if (!process.isAlive()) {
                  throw new IllegalStateException(
                      "The schema registry has ended: " + Files.readString(log));
                }
                return client.send(subjects, HttpResponse.BodyHandlers.discarding()).statusCode()
                    == 200;
              });
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The address that converters and serializers are set to. */
  String url() {
    return url.toString();
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
        HttpRequest.newBuilder(URI.create(url + path))
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
    process.destroyForcibly();
  }
}
