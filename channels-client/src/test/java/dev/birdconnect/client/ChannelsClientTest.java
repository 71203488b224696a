package dev.birdconnect.client;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.client.http.AccessKey;
import dev.birdconnect.client.http.HttpVersion;
import dev.birdconnect.client.http.SocketServer;
import dev.birdconnect.client.http.TlsSettings;
import dev.birdconnect.client.http.TransportSettings;
import dev.birdconnect.client.http.Transports;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.client.verdict.VerdictRules;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelsClientTest {

  private static final ChannelAddress ADDRESS = new ChannelAddress("w 1", "c1");
  private static final String MESSAGE =
      """
      {"id": "m1", "channelId": "c1", "status": "accepted", "reference": "",
       "createdAt": "2031-03-01T13:00:02Z", "lastStatusAt": "2031-03-01T13:00:02Z"}
      """;

  private final MockWebServer server = new MockWebServer();
  private ChannelsClient client;

  @BeforeEach
  void start() throws Exception {
    server.start();
    client = client(new RateLimits(50, 500));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private ChannelsClient client(RateLimits limits) {
    return client(server.url("/").uri(), TlsSettings.ofTheRuntime(), limits);
  }

  private static ChannelsClient client(URI url, TlsSettings tls, RateLimits limits) {
    return new ChannelsClient(
        new TransportSettings(
            url,
            new AccessKey("key-in-clear"),
            Duration.ofSeconds(10),
            8,
            Optional.empty(),
            tls,
            HttpVersion.NEGOTIATED,
            "test/1",
            "client-test"),
        limits,
        new VerdictRules(ConflictRule.REJECT));
  }

  private static SendRequest send() throws Exception {
    return SendRequest.of(
        new ObjectMapper()
            .readTree(
                """
                {"receiver": {"contacts": [{"identifierValue": "+31600000001"}]},
                 "body": {"type": "text", "text": {"text": "Hello"}}, "reference": "r1"}
                """));
  }

  private void enqueue(int code, String body) {
    server.enqueue(new MockResponse.Builder().code(code).body(body).build());
  }

  private static <T> T end(ApiCall<T> call) {
    return call.outcome().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private String target() throws InterruptedException {
    return server.takeRequest().getTarget();
  }

  @Test
  void aSendThatMayNoLongerLeaveDoesNotReachTheServer() throws Exception {
    Verdict verdict = end(client.send(ADDRESS, AddressOrigin.CONFIGURED, send(), () -> false));
    assertThat(verdict).isInstanceOf(Verdict.NotProcessed.class);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void overAConnectionThatStandsTheOneLookBeforeTheFirstByteDecides() throws Exception {
    enqueue(202, MESSAGE);
    enqueue(202, MESSAGE);
    end(client.send(ADDRESS, AddressOrigin.CONFIGURED, send()));
    AtomicBoolean held = new AtomicBoolean(true);
    AtomicInteger looks = new AtomicInteger();

    Verdict verdict =
        end(
            client.send(
                ADDRESS,
                AddressOrigin.CONFIGURED,
                send(),
                () -> {
                  looks.incrementAndGet();
                  return held.getAndSet(false);
                }));

    assertThat(verdict).as("lost right after the look").isInstanceOf(Verdict.Accepted.class);
    assertThat(looks).hasValue(1);
    assertThat(server.takeRequest().getConnectionIndex())
        .isEqualTo(server.takeRequest().getConnectionIndex());
  }

  @Test
  void aConnectionThatHasToBeMadeIsMadeBeforeTheLook(@TempDir Path folder) throws Exception {
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
    CountDownLatch connected = new CountDownLatch(1);
    CountDownLatch lost = new CountDownLatch(1);
    CompletableFuture<Integer> firstByte = new CompletableFuture<>();
    AtomicBoolean held = new AtomicBoolean(true);
    AtomicInteger looks = new AtomicInteger();
    try (SocketServer slow =
        new SocketServer(
            "slow-handshake",
            new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslContext()
                .getServerSocketFactory()
                .createServerSocket(0),
            socket -> {
              connected.countDown();
              awaitQuietly(lost);
              firstByte.complete(firstByte(socket));
            })) {
      ApiCall<Verdict> call;
      try (ChannelsClient other =
          client(
              URI.create("https://localhost:" + slow.port()),
              Transports.trusting(folder, certificate),
              new RateLimits(50, 500))) {
        call =
            other.send(
                ADDRESS,
                AddressOrigin.CONFIGURED,
                send(),
                () -> {
                  looks.incrementAndGet();
                  return held.get();
                });
        assertThat(connected.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(looks).hasValue(0);
        held.set(false);
        lost.countDown();
        assertThat(end(call)).isInstanceOf(Verdict.NotProcessed.class);
      }
      assertThat(looks).hasValue(1);
      assertThat(firstByte.get(10, TimeUnit.SECONDS))
          .as("the end, and nothing before")
          .isNegative();
    }
  }

  /** The first byte of a request; negative when none comes. */
  private static int firstByte(Socket socket) {
    try {
      return socket.getInputStream().read();
    } catch (IOException e) {
      return -1;
    }
  }

  private static void awaitQuietly(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new IOException("nobody came");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Test
  void sends() throws Exception {
    enqueue(202, MESSAGE);
    Verdict verdict = end(client.send(ADDRESS, AddressOrigin.CONFIGURED, send()));
    assertThat(((Verdict.Accepted) verdict).message().id()).isEqualTo("m1");
    assertThat(((Verdict.Accepted) verdict).message().reference()).isEmpty();
    assertThat(target()).isEqualTo("/workspaces/w%201/channels/c1/messages");
  }

  @Test
  void everySendGoesToItsOwnChannel() throws Exception {
    for (ChannelAddress address :
        List.of(
            new ChannelAddress("w1", "c1"),
            new ChannelAddress("w1", "c2"),
            new ChannelAddress("w1", "c2"),
            new ChannelAddress("w2", "c2"),
            new ChannelAddress("w1", "c1"))) {
      enqueue(202, MESSAGE);
      end(client.send(address, AddressOrigin.RECORD, send()));
      assertThat(target())
          .isEqualTo(
              "/workspaces/"
                  + address.workspaceId()
                  + "/channels/"
                  + address.channelId()
                  + "/messages");
    }
  }

  @Test
  void lists() throws Exception {
    enqueue(200, "{\"results\": [" + MESSAGE + "], \"nextPageToken\": \"a+b/c=\"}");
    enqueue(200, "{\"results\": []}");
    ListQuery query = ListQuery.first(1000).inReverse(true);

    var first =
        (ReadOutcome.Found<dev.birdconnect.client.message.MessagePage>)
            end(client.messages(ADDRESS, query));
    String token = first.value().nextPageToken().orElseThrow();
    end(client.messages(ADDRESS, query.at(token)));

    assertThat(target())
        .isEqualTo("/workspaces/w%201/channels/c1/messages?limit=1000&reverse=true");
    assertThat(target()).endsWith("?limit=1000&pageToken=a%2Bb%2Fc%3D&reverse=true");
  }

  @Test
  void readsMessageChannelAndChannels() throws Exception {
    enqueue(200, MESSAGE);
    enqueue(200, "{\"id\": \"c1\", \"platformId\": \"sms\"}");
    enqueue(200, "{\"results\": [{\"id\": \"c1\"}]}");
    enqueue(404, "{\"code\": \"NotFound\", \"message\": \"no\"}");

    assertThat(end(client.message(ADDRESS, "m1"))).isInstanceOf(ReadOutcome.Found.class);
    assertThat(end(client.channel(ADDRESS))).isInstanceOf(ReadOutcome.Found.class);
    assertThat(end(client.channels("w1", ListQuery.first(10))))
        .isInstanceOf(ReadOutcome.Found.class);
    assertThat(end(client.message(ADDRESS, "m2"))).isInstanceOf(ReadOutcome.Missing.class);

    assertThat(target()).isEqualTo("/workspaces/w%201/channels/c1/messages/m1");
    assertThat(target()).isEqualTo("/workspaces/w%201/channels/c1");
    assertThat(target()).isEqualTo("/workspaces/w1/channels?limit=10");
  }

  @Test
  void aThrottledRequestSlowsTheSharedBudget() throws Exception {
    server.enqueue(new MockResponse.Builder().code(429).addHeader("Retry-After", "3600").build());
    assertThat(end(client.send(ADDRESS, AddressOrigin.CONFIGURED, send())))
        .isInstanceOf(Verdict.NotProcessed.class);

    try (ChannelsClient other = client(new RateLimits(50, 500))) {
      ApiCall<Verdict> waiting = other.send(ADDRESS, AddressOrigin.CONFIGURED, send());
      enqueue(200, MESSAGE);
      assertThat(end(other.message(ADDRESS, "m1"))).isInstanceOf(ReadOutcome.Found.class);
      assertThat(waiting.outcome().toCompletableFuture()).isNotDone();
      waiting.cancel();
      assertThat(end(waiting)).isInstanceOf(Verdict.NotProcessed.class);
    }
    assertThat(server.getRequestCount()).as("the send and the read").isEqualTo(2);
  }

  @Test
  void aCancelledSendThatHadLeftIsUnknown() throws Exception {
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    ApiCall<Verdict> call = client.send(ADDRESS, AddressOrigin.CONFIGURED, send());
    await().until(() -> server.getRequestCount() == 1);
    call.cancel();
    assertThat(end(call)).isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void afterClosingNothingLeaves() throws Exception {
    client.close();
    assertThat(end(client.send(ADDRESS, AddressOrigin.CONFIGURED, send())))
        .isInstanceOf(Verdict.NotProcessed.class);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void theServersClockIsTheDateOfItsLastAnswerWhateverItsStatus() throws Exception {
    assertThat(client.serverTime()).isEmpty();
    for (int status : new int[] {202, 429, 500}) {
      Instant date = Instant.parse("2031-03-01T13:00:00Z").plusSeconds(status);
      server.enqueue(
          new MockResponse.Builder()
              .code(status)
              .setHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(UTC)))
              .body(MESSAGE)
              .build());
      client
          .send(ADDRESS, AddressOrigin.CONFIGURED, send())
          .outcome()
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);

      assertThat(client.serverTime().orElseThrow())
          .isBetween(date, date.plus(Duration.ofMinutes(1)));
    }
    enqueue(500, "");
    client
        .send(ADDRESS, AddressOrigin.CONFIGURED, send())
        .outcome()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    assertThat(client.serverTime()).as("an answer without a date tells nothing").isPresent();
  }
}
