package dev.birdconnect.benchmarks;

import dev.birdconnect.quickstart.cluster.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/** A {@link FixedResponder} in a process of its own. */
final class ResponderProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final URI url;

  private ResponderProcess(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** Starts it; returns when it answers. */
  static ResponderProcess start(int latencyMillis) throws InterruptedException {
    int port = FreePorts.find(1).get(0);
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  FixedResponder.class.getName(),
                  Integer.toString(port),
                  Integer.toString(latencyMillis))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      ResponderProcess responder =
          new ResponderProcess(process, URI.create("http://127.0.0.1:" + port));
      responder.awaitStart();
      return responder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitStart() throws InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        count();
        return;
      } catch (UncheckedIOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IllegalStateException("The responder has not started.", e);
        }
        Thread.sleep(50);
      }
    }
  }

  URI url() {
    return url;
  }

  /** How many sends it has answered. */
  int count() {
    try {
      HttpRequest request = HttpRequest.newBuilder(url.resolve("/count")).build();
      return Integer.parseInt(http.send(request, BodyHandlers.ofString()).body());
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
