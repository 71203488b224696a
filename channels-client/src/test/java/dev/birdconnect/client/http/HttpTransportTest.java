package dev.birdconnect.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.birdconnect.client.http.HttpExchange.Answered;
import dev.birdconnect.client.http.HttpExchange.Broken;
import dev.birdconnect.client.verdict.AnswerTooLongException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import okio.Buffer;
import okio.BufferedSink;
import okio.ByteString;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTransportTest {

  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
  private static final long MOST = 1_000_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static TransportSettings settings(URI url, Duration timeout) {
    return new TransportSettings(
        url,
        new AccessKey("key-in-clear"),
        timeout,
        8,
        Optional.empty(),
        TlsSettings.ofTheRuntime(),
        HttpVersion.NEGOTIATED,
        "test/1",
        "transport-test");
  }

  private HttpTransport open() {
    return new HttpTransport(settings(server.url("/").uri(), TIMEOUT));
  }

  private static HttpExchange post(HttpTransport transport) {
    CompletableFuture<HttpExchange> done = new CompletableFuture<>();
    HttpUrl url = transport.url().addPathSegment("messages").build();
    Runnable unused = transport.post(url, BODY, () -> true, MOST, done::complete);
    return done.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static HttpExchange get(HttpTransport transport) {
    CompletableFuture<HttpExchange> done = new CompletableFuture<>();
    Runnable unused = transport.get(transport.url().build(), MOST, done::complete);
    return done.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static MockResponse answer(int code) {
    return new MockResponse.Builder().code(code).body("{}").build();
  }

  @Test
  void sendsKeyAgentAndBody() throws Exception {
    server.enqueue(answer(202));
    try (HttpTransport transport = open()) {
      assertThat(((Answered) post(transport)).answer().status()).isEqualTo(202);
    }
    RecordedRequest request = server.takeRequest();
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("AccessKey key-in-clear");
    assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
    assertThat(request.getHeaders().get("Content-Type")).startsWith("application/json");
    assertThat(request.getHeaders().get("User-Agent")).isEqualTo("test/1");
    assertThat(request.getBody().utf8()).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 503})
  void neverRepeatsAPostByItself(int status) {
    server.enqueue(
        new MockResponse.Builder().code(status).addHeader("Retry-After", "0").body("{}").build());
    server.enqueue(answer(202));
    try (HttpTransport transport = open()) {
      HttpExchange exchange = post(transport);
      assertThat(server.getRequestCount()).isEqualTo(1);
      if (exchange instanceof Broken broken) {
        assertThat(broken.requestBegan()).isTrue();
      } else {
        assertThat(((Answered) exchange).answer().status()).isEqualTo(status);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void followsNoRedirect(int status) {
    server.enqueue(
        new MockResponse.Builder()
            .code(status)
            .addHeader("Location", server.url("/elsewhere"))
            .build());
    try (HttpTransport transport = open()) {
      assertThat(((Answered) post(transport)).answer().status()).isEqualTo(status);
      assertThat(server.getRequestCount()).isEqualTo(1);
    }
  }

  @Test
  void neverRepeatsAPostOnAConnectionThatWasClosedMeanwhile() {
    server.enqueue(
        new MockResponse.Builder()
            .code(202)
            .body("{}")
            .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
            .build());
    server.enqueue(answer(202));
    try (HttpTransport transport = open()) {
      assertThat(post(transport)).isInstanceOf(Answered.class);
      HttpExchange second = post(transport);
      if (second instanceof Broken broken && broken.requestBegan()) {
        assertThat(server.getRequestCount()).isLessThanOrEqualTo(2);
      } else {
        assertThat(server.getRequestCount()).isEqualTo(2);
      }
    }
  }

  @Test
  void knowsThatNothingLeftWhenTheHostRefuses() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (HttpTransport transport =
        new HttpTransport(settings(URI.create("http://localhost:" + port), TIMEOUT))) {
      assertThat(((Broken) post(transport)).requestBegan()).isFalse();
    }
  }

  @Test
  void knowsThatNothingLeftWhenTheHostHasNoAddress() {
    try (HttpTransport transport =
        new HttpTransport(settings(URI.create("http://nowhere.invalid"), TIMEOUT))) {
      assertThat(((Broken) post(transport)).requestBegan()).isFalse();
    }
  }

  @Test
  void knowsThatTheRequestLeftWhenTheConnectionBreaksAfterIt() {
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    try (HttpTransport transport = open()) {
      assertThat(((Broken) post(transport)).requestBegan()).isTrue();
      assertThat(server.getRequestCount()).isEqualTo(1);
    }
  }

  @Test
  void knowsThatTheRequestLeftWhenTheAnswerIsCutShort() {
    server.enqueue(
        new MockResponse.Builder()
            .code(202)
            .body("{}".repeat(1_000))
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());
    try (HttpTransport transport = open()) {
      assertThat(((Broken) post(transport)).requestBegan()).isTrue();
    }
  }

  @Test
  void anAnswerThatIsTooLongIsCutOff() {
    server.enqueue(new MockResponse.Builder().code(200).body("x".repeat((int) MOST + 1)).build());
    server.enqueue(new MockResponse.Builder().code(200).body("x".repeat((int) MOST)).build());
    try (HttpTransport transport = open()) {
      assertThat(((Broken) get(transport)).failure()).isInstanceOf(AnswerTooLongException.class);
      assertThat(((Answered) get(transport)).answer().body().size()).isEqualTo((int) MOST);
    }
  }

  @Test
  void anAnswerThatUnpacksToTooMuchIsCutOff() throws IOException {
    Buffer packed = new Buffer();
    try (BufferedSink sink = Okio.buffer(new GzipSink(packed))) {
      for (int i = 0; i < 100; i++) {
        sink.writeUtf8(" ".repeat((int) MOST));
      }
    }
    server.enqueue(
        new MockResponse.Builder()
            .code(200)
            .addHeader("Content-Encoding", "gzip")
            .body(packed)
            .build());
    try (HttpTransport transport = open()) {
      assertThat(((Broken) get(transport)).failure()).isInstanceOf(AnswerTooLongException.class);
    }
  }

  @Test
  void anAnswerThatNeverEndsIsCutOffByTheTimeOut() {
    server.enqueue(
        new MockResponse.Builder()
            .code(200)
            .body("x".repeat(100_000))
            .throttleBody(1, 20, TimeUnit.MILLISECONDS)
            .build());
    try (HttpTransport transport =
        new HttpTransport(settings(server.url("/").uri(), Duration.ofMillis(300)))) {
      assertThat(get(transport)).isInstanceOf(Broken.class);
    }
  }

  @Test
  void aRefusalCountsHoweverItsBodyEnds() {
    server.enqueue(new MockResponse.Builder().code(429).body("x".repeat(10_000_000)).build());
    server.enqueue(
        new MockResponse.Builder()
            .code(422)
            .body("x".repeat(50_000))
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());
    try (HttpTransport transport = open()) {
      assertThat(((Answered) post(transport)).answer().status()).isEqualTo(429);
      assertThat(((Answered) post(transport)).answer().status()).isEqualTo(422);
    }
  }

  @Test
  void givesUpAfterTheTimeOut() {
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    try (HttpTransport transport =
        new HttpTransport(settings(server.url("/").uri(), Duration.ofMillis(300)))) {
      assertThat(((Broken) post(transport)).requestBegan()).isTrue();
    }
  }

  @Test
  void aCallCanBeCancelled() {
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    try (HttpTransport transport = open()) {
      CompletableFuture<HttpExchange> done = new CompletableFuture<>();
      Runnable cancel =
          transport.post(transport.url().build(), BODY, () -> true, MOST, done::complete);
      await().until(() -> server.getRequestCount() == 1);
      cancel.run();
      assertThat(done).succeedsWithin(TIMEOUT).isInstanceOf(Broken.class);
    }
  }

  @Test
  void closingCancelsAndEndsTheThreads() {
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    CompletableFuture<HttpExchange> done = new CompletableFuture<>();
    HttpTransport transport = open();
    Runnable unused =
        transport.post(transport.url().build(), BODY, () -> true, MOST, done::complete);
    await().until(() -> server.getRequestCount() == 1);

    transport.close();

    assertThat(done).succeedsWithin(TIMEOUT).isInstanceOf(Broken.class);
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("transport-test-http-")));
    assertThat(((Broken) post(transport)).requestBegan()).isFalse();
  }

  @Test
  void readsDateAndRetryAfter() {
    server.enqueue(
        new MockResponse.Builder()
            .code(429)
            .setHeader("Date", "Sat, 01 Mar 2031 13:00:05 GMT")
            .addHeader("Retry-After", "3")
            .build());
    try (HttpTransport transport = open()) {
      Answered answered = (Answered) get(transport);
      assertThat(answered.answer().date())
          .contains(java.time.Instant.parse("2031-03-01T13:00:05Z"));
      assertThat(answered.answer().retryAfter()).contains("3");
    }
  }

  @Test
  void settingsShowNoSecret() {
    TransportSettings settings = settings(URI.create("http://localhost"), TIMEOUT);
    ProxySettings proxy =
        new ProxySettings("p", 1, Optional.of(new ProxySettings.Credentials("user", "secret")));
    TlsSettings.Store store =
        new TlsSettings.Store(Path.of("a"), "PKCS12", "password", Optional.of("password"));
    assertThat(settings.toString() + proxy + store)
        .doesNotContain("key-in-clear", "secret", "\"password\"", "=password");
  }

  @Test
  void aLargeFileHasMoreTimeThanARequest() {
    Duration shortTime = Duration.ofSeconds(2);
    ByteString content = ByteString.of(new byte[4 << 20]);
    server.enqueue(
        new MockResponse.Builder()
            .code(204)
            .throttleBody(256 << 10, 200, TimeUnit.MILLISECONDS)
            .build());
    try (HttpTransport transport = new HttpTransport(settings(server.url("/").uri(), shortTime))) {
      CompletableFuture<HttpExchange> done = new CompletableFuture<>();
      Runnable unused =
          transport.upload(
              new MultipartUpload(
                  server.url("/store").toString(), "POST", Map.of(), "media", "image/png", content),
              done::complete);
      assertThat(done.orTimeout(60, TimeUnit.SECONDS).join()).isInstanceOf(Answered.class);
    }
  }
}
