package dev.birdconnect.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** A {@link FixedList} in a process of its own. */
final class ListServer implements AutoCloseable {

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ServerProcess server;
  private final HttpRequest countRequest;

  private ListServer(ServerProcess server) {
    this.server = server;
    this.countRequest = HttpRequest.newBuilder(URI.create(server.url() + "/count")).build();
  }

  /**
   * Starts it; returns when it answers.
   *
   * @param messages of the list
   * @param status of each
   * @param latencyMillis how long every request waits for its answer
   */
  static ListServer start(int messages, String status, int latencyMillis) throws IOException {
    return new ListServer(
        ServerProcess.start(
            FixedList.class, Integer.toString(messages), status, Integer.toString(latencyMillis)));
  }

  String url() {
    return server.url();
  }

  /** How many messages it has handed out. */
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
