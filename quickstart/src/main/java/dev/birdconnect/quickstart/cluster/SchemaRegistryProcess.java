package dev.birdconnect.quickstart.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A schema registry with Confluent's API in a process of its own, which keeps its schemas in
 * memory.
 */
public final class SchemaRegistryProcess implements AutoCloseable {

  private static final String CONFLUENT_API = "/apis/ccompat/v7";
  private static final Duration STARTED = Duration.ofMinutes(2);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

  private final Process process;
  private final URI url;
  private final Path log;

  private SchemaRegistryProcess(Process process, URI url, Path log) {
    this.process = process;
    this.url = url;
    this.log = log;
  }

  /**
   * Starts a registry; returns when it answers.
   *
   * @param program folder that Apicurio's registry is unpacked in
   * @param folder for its log
   * @throws IOException when there is no such program, or it does not start
   */
  public static SchemaRegistryProcess start(Path program, Path folder)
      throws IOException, InterruptedException {
    int port = FreePorts.find(1).get(0);
    Path log = folder.resolve("schema-registry.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            archive(program).toString());
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    SchemaRegistryProcess registry =
        new SchemaRegistryProcess(
            builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(),
            URI.create("http://127.0.0.1:" + port + CONFLUENT_API),
            log);
    try {
      registry.awaitAnswer();
    } catch (IOException | InterruptedException e) {
      registry.close();
      throw e;
    }
    return registry;
  }

  private static Path archive(Path program) throws IOException {
    List<Path> archives = List.of();
    if (Files.isDirectory(program)) {
      try (Stream<Path> files = Files.list(program)) {
        archives = files.filter(file -> file.toString().endsWith("-runner.jar")).toList();
      }
    }
    if (archives.size() != 1) {
      throw new IOException("There is no schema registry in " + program + ".");
    }
    return archives.get(0);
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + STARTED.toNanos();
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() - deadline >= 0) {
        throw new IOException("The schema registry did not start: " + Files.readString(log));
      }
      Pause.REAL.sleep(BETWEEN_TRIES);
    }
  }

  private boolean answers() throws InterruptedException {
    HttpRequest subjects = HttpRequest.newBuilder(URI.create(url + "/subjects")).build();
    try {
      return HttpClient.newHttpClient()
              .send(subjects, HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** The address that converters and serializers are set to. */
  public String url() {
    return url.toString();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
