package dev.birdconnect.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.birdconnect.client.http.HttpExchange.Answered;
import dev.birdconnect.client.http.HttpExchange.Broken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import okhttp3.internal.http2.ConnectionShutdownException;
import okhttp3.internal.http2.ErrorCode;
import okhttp3.internal.http2.StreamResetException;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What HTTP/2 says of a request that it breaks off, and that its limits do not bound the calls. */
class Http2Test {

  private static final int MANY = 100;

  private final HeldCertificate certificate =
      new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
  private final HandshakeCertificates certificates =
      new HandshakeCertificates.Builder().heldCertificate(certificate).build();
  private final AtomicInteger requests = new AtomicInteger();

  @TempDir Path folder;

  private HttpTransport open(FrameServer server, int atOnce) throws Exception {
    return new HttpTransport(
        Transports.settings(
            URI.create("https://localhost:" + server.port()),
            Optional.empty(),
            Transports.trusting(folder, certificate),
            atOnce));
  }

  private boolean mayHaveBegun(FrameServer.Reaction reaction) throws Exception {
    try (FrameServer server =
            new FrameServer(
                certificates,
                MANY,
                (connection, stream) -> {
                  requests.incrementAndGet();
                  reaction.headers(connection, stream);
                });
        HttpTransport transport = open(server, 4)) {
      HttpExchange exchange = Transports.post(transport);
      assertThat(requests).hasValue(1);
      return ((Broken) exchange).requestBegan();
    }
  }

  @ParameterizedTest
  @CsvSource({"7,false", "8,true", "2,true", "11,true"})
  void onlyARefusedStreamWasSurelyNotWorkedOn(int errorCode, boolean mayHaveBegun)
      throws Exception {
    assertThat(mayHaveBegun((connection, stream) -> connection.reset(stream, errorCode)))
        .isEqualTo(mayHaveBegun);
  }

  @Test
  void aStreamAboveTheLastOneOfAGoAwayWasNotWorkedOn() throws Exception {
    assertThat(mayHaveBegun((connection, stream) -> connection.goAway(0))).isFalse();
  }

  @Test
  void aStreamThatAGoAwayCoversMayHaveBeenWorkedOn() throws Exception {
    assertThat(
            mayHaveBegun(
                (connection, stream) -> {
                  connection.goAway(stream);
                  connection.cut();
                }))
        .isTrue();
  }

  @Test
  void aConnectionCutWithoutAWordMayHaveWorkedOnIt() throws Exception {
    assertThat(mayHaveBegun((connection, stream) -> connection.cut())).isTrue();
  }

  @Test
  void theServersLimitOfStreamsDoesNotBoundTheCalls() throws Exception {
    Queue<Map.Entry<FrameServer.Connection, Integer>> held = new ConcurrentLinkedQueue<>();
    try (FrameServer server =
            new FrameServer(
                certificates,
                4,
                (connection, stream) -> {
                  if (requests.incrementAndGet() == 1) {
                    connection.answer(stream);
                  } else {
                    held.add(Map.entry(connection, stream));
                  }
                });
        HttpTransport transport = open(server, 12)) {
      // The first exchange brings the server's settings.
      assertThat(Transports.post(transport)).isInstanceOf(Answered.class);

      List<CompletableFuture<HttpExchange>> calls =
          IntStream.range(0, 12).mapToObj(i -> Transports.begin(transport)).toList();
      await().until(() -> held.size() == 12);
      assertThat(server.connections()).isGreaterThanOrEqualTo(3);
      for (Map.Entry<FrameServer.Connection, Integer> one : held) {
        one.getKey().answer(one.getValue());
      }

      assertThat(calls).allSatisfy(call -> assertThat(call.join()).isInstanceOf(Answered.class));
    }
  }

  @Test
  void aRefusalAfterAnAnswerHasBegunProvesNothing() {
    RequestProgress progress = new RequestProgress();
    okhttp3.Request request = new okhttp3.Request.Builder().url("http://localhost/").build();
    okhttp3.Call call = new okhttp3.OkHttpClient().newCall(request);
    IOException refused = new StreamResetException(ErrorCode.REFUSED_STREAM);
    assertThat(progress.mayHaveBegun(new IOException("reset"))).isFalse();

    progress.requestHeadersStart(call);
    assertThat(progress.mayHaveBegun(refused)).isFalse();
    assertThat(progress.mayHaveBegun(new ConnectionShutdownException())).isFalse();
    assertThat(progress.mayHaveBegun(new IOException("reset"))).isTrue();

    progress.responseHeadersEnd(
        call,
        new okhttp3.Response.Builder()
            .request(request)
            .protocol(okhttp3.Protocol.HTTP_2)
            .code(103)
            .message("")
            .build());
    assertThat(progress.mayHaveBegun(refused)).isTrue();
  }
}
