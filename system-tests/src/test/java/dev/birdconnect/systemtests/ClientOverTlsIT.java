package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.ChannelsClient;
import dev.birdconnect.client.RateLimits;
import dev.birdconnect.client.http.AccessKey;
import dev.birdconnect.client.http.HttpVersion;
import dev.birdconnect.client.http.ProxySettings;
import dev.birdconnect.client.http.TlsSettings;
import dev.birdconnect.client.http.TransportSettings;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.message.UploadForm;
import dev.birdconnect.client.request.BatchRequest;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.request.MediaFile;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.BatchVerdict;
import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.UploadOutcome;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.client.verdict.VerdictRules;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HeldCertificate;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The client against the simulator over TLS, with certificates on both sides and a proxy that asks
 * for credentials on the way: every operation, uploads included.
 */
class ClientOverTlsIT {

  private static final String HOST = "simulator.example.invalid";
  private static final String PASSWORD = "not-a-secret";
  private static final ChannelAddress CHANNEL =
      new ChannelAddress(
          SimulatorSettings.DEMO_WORKSPACE_ID, SimulatorSettings.DEMO_SMS_CHANNEL_ID);

  private final HeldCertificate clientKey =
      new HeldCertificate.Builder().commonName("client").build();
  private Simulator simulator;
  private CredentialProxy proxy;
  private TlsSettings.Store trust;
  private TlsSettings.Store key;

  @TempDir Path folder;

  @BeforeEach
  void start() throws Exception {
    Path clients = folder.resolve("clients.p12");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("client", clientKey.certificate());
    write(trusted, clients);
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(
        "client",
        clientKey.keyPair().getPrivate(),
        PASSWORD.toCharArray(),
        new Certificate[] {clientKey.certificate()});
    key = write(own, folder.resolve("key.p12"));

    simulator =
        Simulator.start(
            SimulatorSettings.demo()
                .withoutRateLimits()
                .withTls(
                    dev.birdconnect.simulator.tls.TlsSettings.selfSigned(HOST)
                        .requiringClients(clients, PASSWORD)));
    Path trustFile = folder.resolve("trust.p12");
    simulator.tls().writeTrustStore(trustFile, PASSWORD);
    trust = new TlsSettings.Store(trustFile, "PKCS12", PASSWORD, Optional.empty());
    proxy = new CredentialProxy();
  }

  private static TlsSettings.Store write(KeyStore store, Path file) throws Exception {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return new TlsSettings.Store(file, "PKCS12", PASSWORD, Optional.empty());
  }

  @AfterEach
  void stop() throws Exception {
    proxy.stop();
    simulator.close();
  }

  private ChannelsClient client(HttpVersion version, TlsSettings tls, ProxySettings way) {
    return new ChannelsClient(
        new TransportSettings(
            URI.create("https://" + HOST + ":" + simulator.port()),
            new AccessKey(SimulatorSettings.DEMO_ACCESS_KEY),
            Duration.ofSeconds(30),
            16,
            Optional.of(way),
            tls,
            version,
            "test",
            "client-over-tls"),
        new RateLimits(100_000, 100_000),
        new VerdictRules(ConflictRule.REJECT));
  }

  private static <T> T end(ApiCall<T> call) {
    return call.outcome().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private static <T> T found(ApiCall<ReadOutcome<T>> call) {
    return ((ReadOutcome.Found<T>) end(call)).value();
  }

  private static SendRequest send(int index) throws Exception {
    return SendRequest.of(new ObjectMapper().readTree(Orders.good(index, 1)))
        .withReference("order-" + index);
  }

  @ParameterizedTest
  @EnumSource(HttpVersion.class)
  void everyOperationWorksAllTheWay(HttpVersion version) throws Exception {
    TlsSettings tls = new TlsSettings(Optional.of(trust), Optional.of(key));
    try (ChannelsClient client = client(version, tls, proxy.settings())) {
      List<ApiCall<Verdict>> sends = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        sends.add(client.send(CHANNEL, AddressOrigin.CONFIGURED, send(i)));
      }
      assertThat(sends)
          .allSatisfy(call -> assertThat(end(call)).isInstanceOf(Verdict.Accepted.class));
      MessagePage page = found(client.messages(CHANNEL, ListQuery.first(1000)));
      assertThat(page.results()).hasSize(50);
      assertThat(page.unreadable()).isEmpty();
      String id = page.results().get(0).id();
      assertThat(found(client.message(CHANNEL, id)).id()).isEqualTo(id);
      assertThat(found(client.interactions(CHANNEL, id)).results()).isEmpty();
      assertThat(found(client.channels(CHANNEL.workspaceId(), ListQuery.first(10))).results())
          .isNotEmpty();
      assertThat(found(client.channel(CHANNEL)).id()).isEqualTo(CHANNEL.channelId());
      assertThat(
              end(
                  client.sendBatch(
                      CHANNEL,
                      AddressOrigin.CONFIGURED,
                      BatchRequest.of(List.of(send(50), send(51))))))
          .isInstanceOf(BatchVerdict.Accepted.class);

      UploadForm form = found(client.uploadForm(CHANNEL, "image/png"));
      assertThat(form.uploadUrl()).startsWith("https://" + HOST + ":");
      MediaFile file = MediaFile.of("a.png", "image/png", ByteString.of(new byte[300_000]));
      assertThat(end(client.upload(form, file))).isInstanceOf(UploadOutcome.Stored.class);
    }
    assertThat(simulator.madeByReference()).hasSize(52);
    assertThat(simulator.mediaStore().authorizedRequests()).isZero();
    // No other way leads to this host, so the upload went through the proxy too.
    assertThat(proxy.tunnels()).containsOnly(HOST + ":" + simulator.port());
  }

  @Test
  void withoutTheProxysPasswordNothingArrives() throws Exception {
    TlsSettings tls = new TlsSettings(Optional.of(trust), Optional.of(key));
    try (ChannelsClient client = client(HttpVersion.NEGOTIATED, tls, proxy.settings("another"))) {
      assertThat(end(client.send(CHANNEL, AddressOrigin.CONFIGURED, send(1))))
          .isInstanceOf(Verdict.NotProcessed.class);
    }
    assertThat(proxy.tunnels()).isEmpty();
  }

  @Test
  void whoTrustsAnotherServerSendsNothing() throws Exception {
    TlsSettings tls = new TlsSettings(Optional.empty(), Optional.of(key));
    try (ChannelsClient client = client(HttpVersion.NEGOTIATED, tls, proxy.settings())) {
      assertThat(end(client.send(CHANNEL, AddressOrigin.CONFIGURED, send(1))))
          .isInstanceOf(Verdict.NotProcessed.class);
    }
    assertThat(simulator.traffic().counts()).isEmpty();
  }

  /** TLS 1.3 lets a client write before the server has judged its certificate: unknown then. */
  @Test
  void withoutACertificateOfItsOwnNothingIsMade() throws Exception {
    TlsSettings tls = new TlsSettings(Optional.of(trust), Optional.empty());
    try (ChannelsClient client = client(HttpVersion.NEGOTIATED, tls, proxy.settings())) {
      assertThat(end(client.send(CHANNEL, AddressOrigin.CONFIGURED, send(1))))
          .isInstanceOfAny(Verdict.NotProcessed.class, Verdict.Unknown.class);
    }
    assertThat(simulator.madeByReference()).isEmpty();
    assertThat(simulator.traffic().counts()).isEmpty();
  }
}
