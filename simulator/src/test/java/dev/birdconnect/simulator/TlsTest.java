package dev.birdconnect.simulator;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_SMS_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_WORKSPACE_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.simulator.Api.Reply;
import dev.birdconnect.simulator.conformance.ProvokedAnswers;
import dev.birdconnect.simulator.tls.TlsSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class TlsTest {
  private static final String PASSWORD = "not-a-secret";

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void allIsThereOverBothProtocols(HttpClient.Version version) throws Exception {
    try (Simulator simulator = start(TlsSettings.selfSigned())) {
      assertThat(simulator.url().toString()).startsWith("https://127.0.0.1:");
      Api api = new Api(simulator, client(simulator.tls().clientContext(), version));

      Reply made = api.send(Api.text("order-1", "+31600000001"));
      assertThat(made.status()).isEqualTo(202);
      assertThat(made.response().version()).isEqualTo(version);
      assertThat(made.response().headers().allValues("Date")).hasSize(1);
      Reply page = api.get(Api.messages());
      assertThat(page.response().version()).isEqualTo(version);
      assertThat(page.json().at("/results/0/reference").asString()).isEqualTo("order-1");
      assertThat(api.get("/control/stats").json().path("messages").asInt()).isEqualTo(1);
      assertThat(api.get("/").response().body()).contains("<!doctype html>");

      JsonNode form =
          api.post(
                  "/workspaces/" + DEMO_WORKSPACE_ID + "/channel-media/presigned-upload",
                  "{\"contentType\":\"text/plain\"}")
              .json();
      assertThat(form.path("uploadUrl").asString()).startsWith(simulator.url() + "/");
      assertThat(form.path("mediaUrl").asString()).startsWith(simulator.url() + "/");
      byte[] file = "a file".getBytes(StandardCharsets.UTF_8);
      assertThat(ProvokedAnswers.upload(api, form, file).status()).isEqualTo(204);
      Reply media = api.call(HttpRequest.newBuilder(URI.create(form.path("mediaUrl").asString())));
      assertThat(media.response().body()).isEqualTo("a file");
      assertThat(media.response().version()).isEqualTo(version);
    }
  }

  @Test
  void aClientChoosesTheProtocolByAlpn() throws Exception {
    try (Simulator simulator = start(TlsSettings.selfSigned())) {
      assertThat(protocol(simulator, List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)))
          .isEqualTo(Protocol.HTTP_2);
      assertThat(protocol(simulator, List.of(Protocol.HTTP_1_1))).isEqualTo(Protocol.HTTP_1_1);
    }
  }

  @Test
  void withoutTlsHttp2IsForClientsThatBeginWithIt() throws Exception {
    try (Simulator simulator = Simulator.start()) {
      OkHttpClient.Builder client =
          new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
      assertThat(protocol(simulator, client)).isEqualTo(Protocol.H2_PRIOR_KNOWLEDGE);
      // This client offers to change over from HTTP/1.1.
      Api api = new Api(simulator, HttpClient.newHttpClient());
      assertThat(api.get(Api.messages()).response().version())
          .isEqualTo(HttpClient.Version.HTTP_1_1);
    }
  }

  @Test
  void theCertificateIsForTheNamesAskedForAndForNoOthers() throws Exception {
    try (Simulator simulator = start(TlsSettings.selfSigned("simulator.example.org"))) {
      Certificate read =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(
                      simulator.tls().pem().getBytes(StandardCharsets.US_ASCII)));
      assertThat(read).isEqualTo(simulator.tls().certificate());
      assertThat(simulator.tls().certificate().getSubjectAlternativeNames())
          .extracting(name -> String.valueOf(name.get(1)))
          .containsExactlyInAnyOrder(
              "simulator.example.org", "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
      HttpClient client = client(simulator.tls().clientContext(), HttpClient.Version.HTTP_2);
      String port = ":" + simulator.port() + "/control/stats";
      assertThat(get(client, "https://localhost" + port)).isEqualTo(200);
      assertThatThrownBy(() -> get(client, "https://127.0.0.2" + port))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void whoDoesNotTrustTheCertificateIsNotConnected() {
    try (Simulator simulator = start(TlsSettings.selfSigned())) {
      Api api = new Api(simulator, HttpClient.newHttpClient());
      assertThatThrownBy(() -> api.get(Api.messages())).isInstanceOf(SSLHandshakeException.class);
      assertThat(simulator.traffic().counts()).isEmpty();
    }
  }

  @Test
  void theTrustStoreWrittenForClientsIsEnough() throws Exception {
    try (Simulator simulator = start(TlsSettings.selfSigned())) {
      Path file = directory.resolve("trust.p12");
      simulator.tls().writeTrustStore(file, PASSWORD);
      KeyStore trust = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
      HttpClient client = client(context(trust, Optional.empty()), HttpClient.Version.HTTP_2);
      assertThat(new Api(simulator, client).get(Api.messages()).status()).isEqualTo(200);
    }
  }

  @Test
  void theKeyOfAStoreIsServedAndClientsHaveToShowTheirs() throws Exception {
    HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    HeldCertificate server =
        new HeldCertificate.Builder()
            .signedBy(authority)
            .addSubjectAlternativeName("127.0.0.1")
            .build();
    HeldCertificate trusted = new HeldCertificate.Builder().signedBy(authority).build();
    HeldCertificate stranger = new HeldCertificate.Builder().build();
    KeyStore authorities = trustStore(authority);
    TlsSettings settings =
        TlsSettings.withKeyStore(file("server.p12", keyStore(server)), PASSWORD)
            .requiringClients(file("clients.p12", authorities), PASSWORD);

    try (Simulator simulator = start(settings)) {
      for (HttpClient.Version version : HttpClient.Version.values()) {
        assertThat(status(simulator, version, context(authorities, Optional.of(keyStore(trusted)))))
            .isEqualTo(200);
        assertThatThrownBy(() -> status(simulator, version, context(authorities, Optional.empty())))
            .isInstanceOf(IOException.class);
        SSLContext strange = context(authorities, Optional.of(keyStore(stranger)));
        assertThatThrownBy(() -> status(simulator, version, strange))
            .isInstanceOf(IOException.class);
      }
      assertThat(simulator.traffic().total("GET", 200)).isEqualTo(2);
      assertThat(simulator.traffic().counts()).hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void storesThatCannotBeUsedAreNamed() throws Exception {
    HeldCertificate one = new HeldCertificate.Builder().build();
    Path store = file("server.p12", keyStore(one));
    Path empty = file("empty.p12", trustStore());
    Path noStore = Files.writeString(directory.resolve("text.p12"), "no store");

    refused(TlsSettings.withKeyStore(directory.resolve("none.p12"), PASSWORD), "cannot be read");
    refused(TlsSettings.withKeyStore(store, "wrong"), "the password");
    refused(TlsSettings.withKeyStore(noStore, PASSWORD), "text.p12 cannot be opened");
    refused(TlsSettings.withKeyStore(empty, PASSWORD), "exactly one private key, and it has 0");
    refused(TlsSettings.selfSigned().requiringClients(empty, PASSWORD), "has no certificate");
    assertThat(TlsSettings.withKeyStore(store, PASSWORD).toString()).doesNotContain(PASSWORD);
  }

  @Test
  void withoutTlsThereIsNoCertificate() {
    try (Simulator simulator = Simulator.start()) {
      assertThatThrownBy(simulator::tls).hasMessageContaining("without TLS");
    }
  }

  private static void refused(TlsSettings settings, String why) {
    assertThatThrownBy(() -> start(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining(PASSWORD);
  }

  private static Simulator start(TlsSettings tls) {
    return Simulator.start(SimulatorSettings.demo().withTls(tls));
  }

  private static HttpClient client(SSLContext context, HttpClient.Version version) {
    return HttpClient.newBuilder().sslContext(context).version(version).build();
  }

  private static int status(Simulator simulator, HttpClient.Version version, SSLContext context)
      throws Exception {
    return new Api(simulator, client(context, version)).get(Api.messages()).status();
  }

  private static int get(HttpClient client, String url) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(),
            java.net.http.HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static Protocol protocol(Simulator simulator, List<Protocol> offered) throws IOException {
    TrustManagerFactory trust = trust(trustStoreOf(simulator));
    return protocol(
        simulator,
        new OkHttpClient.Builder()
            .protocols(offered)
            .sslSocketFactory(
                simulator.tls().clientContext().getSocketFactory(),
                (javax.net.ssl.X509TrustManager) trust.getTrustManagers()[0]));
  }

  private static Protocol protocol(Simulator simulator, OkHttpClient.Builder builder)
      throws IOException {
    OkHttpClient client = builder.build();
    Request request =
        new Request.Builder()
            .url(simulator.url() + Api.channel(DEMO_SMS_CHANNEL_ID))
            .header("Authorization", "AccessKey " + SimulatorSettings.DEMO_ACCESS_KEY)
            .build();
    try (Response response = client.newCall(request).execute()) {
      assertThat(response.code()).isEqualTo(200);
      return response.protocol();
    } finally {
      client.connectionPool().evictAll();
      client.dispatcher().executorService().shutdown();
    }
  }

  private Path file(String name, KeyStore store) throws Exception {
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  private static KeyStore keyStore(HeldCertificate held) throws Exception {
    KeyStore store = trustStore();
    store.setKeyEntry(
        "key",
        held.keyPair().getPrivate(),
        PASSWORD.toCharArray(),
        new Certificate[] {held.certificate()});
    return store;
  }

  private static KeyStore trustStore(HeldCertificate... trusted) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < trusted.length; i++) {
      store.setCertificateEntry("trusted" + i, trusted[i].certificate());
    }
    return store;
  }

  private static KeyStore trustStoreOf(Simulator simulator) {
    try {
      KeyStore store = trustStore();
      store.setCertificateEntry("simulator", simulator.tls().certificate());
      return store;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static TrustManagerFactory trust(KeyStore store) {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      return trust;
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext context(KeyStore trusted, Optional<KeyStore> own) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own.orElse(null), PASSWORD.toCharArray());
    context.init(keys.getKeyManagers(), trust(trusted).getTrustManagers(), null);
    return context;
  }
}
