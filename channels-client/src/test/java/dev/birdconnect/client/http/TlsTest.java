package dev.birdconnect.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.client.http.HttpExchange.Answered;
import dev.birdconnect.client.http.HttpExchange.Broken;
import dev.birdconnect.client.http.TransportException.Fault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

  private static final URI NOWHERE = URI.create("https://localhost");

  private final HeldCertificate serverKey =
      new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
  private final HeldCertificate clientKey =
      new HeldCertificate.Builder().commonName("client").build();

  @TempDir Path folder;

  private static Optional<TlsSettings.Store> use(Path file, String password) {
    String type = file.toString().endsWith("jks") ? "JKS" : "PKCS12";
    return Optional.of(new TlsSettings.Store(file, type, password, Optional.empty()));
  }

  private Path store(
      String name,
      Optional<HeldCertificate> key,
      Optional<HeldCertificate> trusted,
      String password)
      throws Exception {
    return Transports.store(folder.resolve(name), key, trusted, password);
  }

  private static TransportSettings settings(URI url, TlsSettings tls, HttpVersion version) {
    return new TransportSettings(
        url,
        new AccessKey("key-in-clear"),
        Transports.TIMEOUT,
        4,
        Optional.empty(),
        tls,
        version,
        "test/1",
        "transport-test");
  }

  @Test
  void trustsItsOwnStoreAndShowsItsCertificate() throws Exception {
    HandshakeCertificates certificates =
        new HandshakeCertificates.Builder()
            .heldCertificate(serverKey)
            .addTrustedCertificate(clientKey.certificate())
            .build();
    try (MockWebServer server = new MockWebServer()) {
      server.useHttps(certificates.sslSocketFactory());
      server.requireClientAuth();
      server.start();
      server.enqueue(new MockResponse.Builder().code(202).body("{}").build());
      server.enqueue(new MockResponse.Builder().code(202).body("{}").build());
      URI url = URI.create("https://localhost:" + server.getPort());
      TlsSettings trustOnly = Transports.trusting(folder, serverKey);
      TlsSettings both =
          new TlsSettings(
              trustOnly.trustStore(),
              use(
                  store("key.p12", Optional.of(clientKey), Optional.empty(), "password"),
                  "password"));

      for (TlsSettings tls : new TlsSettings[] {TlsSettings.ofTheRuntime(), trustOnly}) {
        try (HttpTransport transport =
            new HttpTransport(settings(url, tls, HttpVersion.NEGOTIATED))) {
          assertThat(Transports.post(transport)).isInstanceOf(Broken.class);
        }
      }
      for (HttpVersion version : HttpVersion.values()) {
        try (HttpTransport transport = new HttpTransport(settings(url, both, version))) {
          assertThat(((Answered) Transports.post(transport)).answer().status()).isEqualTo(202);
        }
        RecordedRequest request = server.takeRequest();
        assertThat(request.getVersion())
            .isEqualTo(version == HttpVersion.HTTP_1_1 ? "HTTP/1.1" : "HTTP/2");
        assertThat(request.getHandshake().peerCertificates()).hasSize(1);
      }
    }
  }

  private static void refused(TlsSettings tls, Fault fault, String file) {
    assertThatThrownBy(() -> new HttpTransport(settings(NOWHERE, tls, HttpVersion.NEGOTIATED)))
        .isInstanceOfSatisfying(
            TransportException.class, e -> assertThat(e.fault()).isEqualTo(fault))
        .hasMessageContaining(file)
        .hasMessageNotContaining("wrong-one");
  }

  private static TlsSettings trust(Optional<TlsSettings.Store> store) {
    return new TlsSettings(store, Optional.empty());
  }

  private static TlsSettings keys(Optional<TlsSettings.Store> store) {
    return new TlsSettings(Optional.empty(), store);
  }

  @Test
  void saysWhichSettingOfTheTrustStoreIsWrong() throws Exception {
    Path file = store("t.p12", Optional.empty(), Optional.of(serverKey), "password");
    Path noTrust = store("n.jks", Optional.of(clientKey), Optional.empty(), "password");
    refused(trust(use(folder.resolve("missing.p12"), "")), Fault.TRUST_STORE, "missing.p12");
    refused(trust(use(file, "wrong-one")), Fault.TRUST_STORE_PASSWORD, "t.p12");
    refused(trust(use(file, "")), Fault.TRUST_STORE_PASSWORD, "t.p12");
    refused(trust(use(noTrust, "password")), Fault.TRUST_STORE, "n.jks");
  }

  @Test
  void saysWhichSettingOfTheKeyStoreIsWrong() throws Exception {
    Path file = store("k.p12", Optional.of(clientKey), Optional.empty(), "password");
    Path noKey = store("n.p12", Optional.empty(), Optional.of(serverKey), "password");
    Path ownPassword = store("o.jks", Optional.of(clientKey), Optional.empty(), "of-the-key");
    refused(keys(use(folder.resolve("missing.p12"), "")), Fault.KEY_STORE, "missing.p12");
    refused(keys(use(file, "wrong-one")), Fault.KEY_STORE_PASSWORD, "k.p12");
    refused(keys(use(noKey, "password")), Fault.KEY_STORE, "n.p12");
    refused(keys(use(ownPassword, "password")), Fault.KEY_PASSWORD, "o.jks");

    TlsSettings.Store right =
        new TlsSettings.Store(ownPassword, "JKS", "password", Optional.of("of-the-key"));
    new HttpTransport(settings(NOWHERE, keys(Optional.of(right)), HttpVersion.NEGOTIATED)).close();
  }
}
