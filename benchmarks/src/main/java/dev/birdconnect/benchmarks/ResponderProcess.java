package dev.birdconnect.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A {@link FixedResponder} in a process of its own. */
final class ResponderProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final URI url;

  private ResponderProcess(Process process, int port) {
    this.process = process;
    this.url = URI.create("http://127.0.0.1:" + port);
  }

  /** Starts it; returns when it listens. */
  static ResponderProcess start(int latencyMillis) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  FixedResponder.class.getName(),
                  Integer.toString(latencyMillis))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new ResponderProcess(process, awaitPort(process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port that the responder prints when it listens; its output ends when it ends. */
  private static int awaitPort(Process process) throws InterruptedException {
    CompletableFuture<String> line =
        CompletableFuture.supplyAsync(() -> process.inputReader().lines().findFirst().orElse(""));
    try {
      return Integer.parseInt(line.get(START.toSeconds(), TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException | NumberFormatException e) {
      process.destroyForcibly();
      throw new IllegalStateException("The responder has not started.", e);
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
