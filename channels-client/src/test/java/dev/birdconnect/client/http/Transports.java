package dev.birdconnect.client.http;

import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.tls.HeldCertificate;

/** What tests of the transport share. */
public final class Transports {

  static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
  static final long MOST = 1_000_000;
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private Transports() {}

  public static TransportSettings settings(
      URI url, Optional<ProxySettings> proxy, TlsSettings tls, int atOnce) {
    return new TransportSettings(
        url,
        new AccessKey("key-in-clear"),
        TIMEOUT,
        atOnce,
        proxy,
        tls,
        HttpVersion.NEGOTIATED,
        "test/1",
        "transport-test");
  }

  static CompletableFuture<HttpExchange> begin(HttpTransport transport) {
    CompletableFuture<HttpExchange> done = new CompletableFuture<>();
    HttpUrl url = transport.url().addPathSegment("messages").build();
    Runnable unused = transport.post(url, BODY, MOST, done::complete);
    return done.orTimeout(20, TimeUnit.SECONDS);
  }

  static HttpExchange post(HttpTransport transport) {
    return begin(transport).join();
  }

  /** Writes a store with the password {@code password}. */
  static Path store(
      Path file,
      Optional<HeldCertificate> key,
      Optional<HeldCertificate> trusted,
      String keyPassword)
      throws Exception {
    KeyStore keyStore = KeyStore.getInstance(file.toString().endsWith("jks") ? "JKS" : "PKCS12");
    keyStore.load(null, null);
    if (key.isPresent()) {
      keyStore.setKeyEntry(
          "key",
          key.get().keyPair().getPrivate(),
          keyPassword.toCharArray(),
          new Certificate[] {key.get().certificate()});
    }
    if (trusted.isPresent()) {
      keyStore.setCertificateEntry("trusted", trusted.get().certificate());
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      keyStore.store(out, "password".toCharArray());
    }
    return file;
  }

  /** Trust in one certificate. */
  public static TlsSettings trusting(Path folder, HeldCertificate certificate) throws Exception {
    Path file =
        store(folder.resolve("trust.p12"), Optional.empty(), Optional.of(certificate), "password");
    return new TlsSettings(
        Optional.of(new TlsSettings.Store(file, "PKCS12", "password", Optional.empty())),
        Optional.empty());
  }
}
