package dev.birdconnect.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** A {@link FixedResponder} in a process of its own. */
final class Responder implements AutoCloseable {

  static final String WORKSPACE = "0f4c2a9e-6b1d-4c3f-9a57-2d8e1b7c5a01";
  static final String CHANNEL = "c1a0f9f2-3b7d-4a51-9d57-0e6c2b8a4d11";
  static final String MESSAGES = "/workspaces/" + WORKSPACE + "/channels/" + CHANNEL + "/messages";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ServerProcess server;
  private final HttpRequest countRequest;

  private Responder(ServerProcess server) {
    this.server = server;
    this.countRequest = HttpRequest.newBuilder(URI.create(server.url() + "/count")).build();
  }

  /**
   * Starts it; returns when it answers.
   *
   * @param latencyMillis how long every send waits for its answer
   */
  static Responder start(int latencyMillis) throws IOException {
    return new Responder(
        ServerProcess.start(FixedResponder.class, Integer.toString(latencyMillis)));
  }

  String url() {
    return server.url();
  }

  /** How many sends it has answered. */
  int count() {
    try {
      return Integer.parseInt(http.send(countRequest, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
