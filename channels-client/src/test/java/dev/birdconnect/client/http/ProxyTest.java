package dev.birdconnect.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.http.HttpExchange.Answered;
import dev.birdconnect.client.http.HttpExchange.Broken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every hop goes through the proxy, which alone sees its credentials. */
class ProxyTest {

  private final HeldCertificate certificate =
      new HeldCertificate.Builder().addSubjectAlternativeName("api.example.invalid").build();
  private final MockWebServer server = new MockWebServer();
  private TestProxy proxy;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    proxy = new TestProxy();
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
  }

  private String serve(boolean encrypted) throws IOException {
    if (encrypted) {
      server.useHttps(
          new HandshakeCertificates.Builder()
              .heldCertificate(certificate)
              .build()
              .sslSocketFactory());
    }
    server.start();
    server.enqueue(new MockResponse.Builder().code(202).body("{}").build());
    return (encrypted ? "https" : "http") + "://api.example.invalid:" + server.getPort();
  }

  private HttpTransport open(String url, String password) throws Exception {
    return new HttpTransport(
        Transports.settings(
            URI.create(url),
            Optional.of(proxy.settings(password)),
            Transports.trusting(folder, certificate),
            4));
  }

  private static HttpExchange upload(HttpTransport transport, String url) {
    CompletableFuture<HttpExchange> done = new CompletableFuture<>();
    MultipartUpload upload =
        new MultipartUpload(
            url, "POST", Map.of("key", "k"), "a.png", "image/png", ByteString.encodeUtf8("bytes"));
    Runnable unused = transport.upload(upload, done::complete);
    return done.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void opensATunnelWithItsCredentials() throws Exception {
    String url = serve(true);
    try (HttpTransport transport = open(url, "proxy-password")) {
      assertThat(((Answered) Transports.post(transport)).answer().status()).isEqualTo(202);
    }
    assertThat(proxy.heads())
        .singleElement()
        .asString()
        .startsWith("CONNECT api.example.invalid:")
        .doesNotContain("AccessKey");
    assertThat(server.takeRequest().getHeaders().get("Proxy-Authorization")).isNull();
  }

  @Test
  void asksTheProxyToPassOnWhatIsNotEncrypted() throws Exception {
    String url = serve(false);
    try (HttpTransport transport = open(url, "proxy-password")) {
      assertThat(((Answered) Transports.post(transport)).answer().status()).isEqualTo(202);
    }
    assertThat(proxy.heads()).singleElement().asString().startsWith("POST " + url + "/messages");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void uploadsGoThroughTheProxyAndShowNoKey() throws Exception {
    String url = serve(true);
    try (HttpTransport transport = open("https://other.example.invalid", "proxy-password")) {
      assertThat(((Answered) upload(transport, url + "/bucket")).answer().status()).isEqualTo(202);
    }
    assertThat(proxy.heads()).singleElement().asString().startsWith("CONNECT api.example.invalid:");
    RecordedRequest request = server.takeRequest();
    assertThat(request.getHeaders().get("Authorization")).isNull();
    assertThat(request.getHeaders().get("Proxy-Authorization")).isNull();
  }

  @Test
  void uploadsThatAreNotEncryptedGoThroughTheProxyToo() throws Exception {
    String url = serve(false);
    try (HttpTransport transport = open("http://other.example.invalid", "proxy-password")) {
      assertThat(((Answered) upload(transport, url + "/bucket")).answer().status()).isEqualTo(202);
    }
    assertThat(proxy.heads()).singleElement().asString().startsWith("POST " + url + "/bucket");
  }

  @Test
  void aProxyThatRefusesLetsNothingThrough() throws Exception {
    String url = serve(true);
    try (HttpTransport transport = open(url, "another")) {
      assertThat(((Broken) Transports.post(transport)).requestBegan()).isFalse();
    }
    assertThat(server.getRequestCount()).isZero();
  }
}
