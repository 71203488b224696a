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
  private static final String CHANNELS = "/workspaces/" + WORKSPACE + "/channels/" + CHANNEL;
  static final String MESSAGES = CHANNELS + "/messages";
  static final String BATCHES = CHANNELS + "/batch/messages";

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
   * @param latencyMillis how long every request waits for its answer
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
    return Integer.parseInt(answer(countRequest));
  }

  /** Empties its list of messages. */
  void forget() {
    var unused =
        answer(HttpRequest.newBuilder(URI.create(server.url() + MESSAGES)).DELETE().build());
  }

  private String answer(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString()).body();
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
