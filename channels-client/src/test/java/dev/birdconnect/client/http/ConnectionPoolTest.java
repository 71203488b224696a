package dev.birdconnect.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.birdconnect.client.http.HttpExchange.Answered;
import dev.birdconnect.client.http.HttpExchange.Broken;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As many calls at the same time as are set, on no more connections than they need. */
class ConnectionPoolTest {

  private static final int AT_ONCE = 256;
  private static final int ROUNDS = 3;
  private static final int REFUSED_STREAM = 7;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  private static TransportSettings patient(URI url, TlsSettings tls, int atOnce) {
    return new TransportSettings(
        url,
        new AccessKey("key-in-clear"),
        PATIENCE,
        atOnce,
        Optional.empty(),
        tls,
        HttpVersion.NEGOTIATED,
        "test/1",
        "pool-test");
  }

  private static CompletableFuture<HttpExchange> begin(HttpTransport transport) {
    CompletableFuture<HttpExchange> done = new CompletableFuture<>();
    Runnable unused =
        transport.post(
            transport.url().build(), Transports.BODY, () -> true, Transports.MOST, done::complete);
    return done;
  }

  /** Answers when as many requests as fit at the same time have come. */
  private static final class Rounds extends Dispatcher {
    private final Set<Integer> connections = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch open = new CountDownLatch(AT_ONCE);

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
      CountDownLatch round = open;
      connections.add(request.getConnectionIndex());
      round.countDown();
      boolean all = round.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return new MockResponse.Builder().code(all ? 202 : 503).body("{}").build();
    }

    private void next() {
      open = new CountDownLatch(AT_ONCE);
    }
  }

  @Test
  void overHttp1EveryCallInFlightHasAConnectionThatStaysOpen() throws Exception {
    Rounds rounds = new Rounds();
    try (MockWebServer server = new MockWebServer()) {
      server.setDispatcher(rounds);
      server.start();
      TransportSettings settings =
          patient(server.url("/").uri(), TlsSettings.ofTheRuntime(), AT_ONCE);
      try (HttpTransport transport = new HttpTransport(settings)) {
        for (int round = 0; round < ROUNDS; round++) {
          rounds.next();
          List<CompletableFuture<HttpExchange>> calls =
              IntStream.range(0, AT_ONCE).mapToObj(i -> begin(transport)).toList();
          assertThat(calls)
              .allSatisfy(
                  call -> assertThat(((Answered) call.join()).answer().status()).isEqualTo(202));
        }
      }
      assertThat(server.getRequestCount()).isEqualTo(ROUNDS * AT_ONCE);
      assertThat(rounds.connections).hasSize(AT_ONCE);
    }
  }

  /**
   * Until the settings of a new connection have come OkHttp may put more calls on it than the
   * server allows. The server refuses their streams: nothing has left, and a repeat finds its
   * place.
   */
  @Test
  void overHttp2WhatIsBeyondTheServersLimitOfStreamsIsSafeToRepeat() throws Exception {
    int streams = 8;
    int atOnce = 64;
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    Map<FrameServer.Connection, Queue<Integer>> held = new ConcurrentHashMap<>();
    try (FrameServer server =
            new FrameServer(
                new HandshakeCertificates.Builder().heldCertificate(certificate).build(),
                streams,
                (connection, stream) -> {
                  Queue<Integer> open =
                      held.computeIfAbsent(connection, one -> new ConcurrentLinkedQueue<>());
                  if (open.size() < streams) {
                    open.add(stream);
                  } else {
                    connection.reset(stream, REFUSED_STREAM);
                  }
                });
        HttpTransport transport =
            new HttpTransport(
                patient(
                    URI.create("https://localhost:" + server.port()),
                    Transports.trusting(folder, certificate),
                    atOnce))) {
      List<CompletableFuture<HttpExchange>> calls =
          IntStream.range(0, atOnce).mapToObj(i -> untilTaken(transport)).toList();
      await()
          .atMost(PATIENCE)
          .until(() -> held.values().stream().mapToInt(Queue::size).sum() == atOnce);
      for (Map.Entry<FrameServer.Connection, Queue<Integer>> one : held.entrySet()) {
        for (int stream : one.getValue()) {
          one.getKey().answer(stream);
        }
      }
      assertThat(calls).allSatisfy(call -> assertThat(call.join()).isInstanceOf(Answered.class));
    }
  }

  private static CompletableFuture<HttpExchange> untilTaken(HttpTransport transport) {
    return begin(transport)
        .thenCompose(
            exchange ->
                exchange instanceof Broken broken && !broken.requestBegan()
                    ? untilTaken(transport)
                    : CompletableFuture.completedFuture(exchange));
  }
}
