package dev.birdconnect.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ProgramTest {
  private static final String CONFIG =
      """
      workspaces:
        - id: 11111111-6b1d-4c3f-9a57-2d8e1b7c5a01
          accessKeys: [secret-key-of-a-test]
          channels:
            - id: 22222222-6b1d-4c3f-9a57-2d8e1b7c5a01
              platform: sms
              name: Parcels
              profile: {deliveredAfterMillis: 900, sendingFailedShare: 0.2}
      """;

  @TempDir private Path directory;

  @Test
  @Timeout(60)
  void itStartsSaysWhereItIsAndLogsNothingPrivateAtTheFinestLevel() throws Exception {
    String said;
    try (RunningProgram program =
        RunningProgram.start(
            List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=trace"),
            "--config",
            file(CONFIG).toString())) {
      String path =
          "/workspaces/11111111-6b1d-4c3f-9a57-2d8e1b7c5a01/channels/"
              + "22222222-6b1d-4c3f-9a57-2d8e1b7c5a01/messages";
      String url = program.url();
      String good = Api.text("a-reference", "+31600000077").toString();
      assertThat(post(url + path, "secret-key-of-a-test", good)).isEqualTo(202);
      assertThat(post(url + path, "secret-key-of-a-test", good.replace("text", "+31600000077")))
          .isEqualTo(422);
      assertThat(post(url + path, "another-secret", good)).isEqualTo(401);
      assertThat(post(url + path, "secret-key-of-a-test", "\"+31600000077\"")).isEqualTo(422);
      assertThat(post(url + path, "secret-key-of-a-test", "{+31600000077")).isEqualTo(400);
      said = program.stopped();
    }
    assertThat(said)
        .contains("22222222-6b1d-4c3f-9a57-2d8e1b7c5a01  sms  Parcels")
        .doesNotContain("secret")
        .doesNotContain("31600000077")
        .doesNotContain("Hello");
  }

  @Test
  @Timeout(120)
  void itServesHttpsByFlagsAndByConfiguration() throws Exception {
    Path flag = directory.resolve("flag.pem");
    Path configured = directory.resolve("configured.pem");
    Path config = file(CONFIG + "tls: {certificateFile: " + configured + ", names: [sim.example]}");

    assertThat(servedWith(flag, "--tls", flag.toString())).contains("localhost");
    assertThat(servedWith(configured, "--config", config.toString())).contains("sim.example");
    assertThat(
            servedWith(
                flag,
                "--config",
                config.toString(),
                "--tls",
                flag.toString(),
                "--tls-name",
                "other.example"))
        .contains("other.example")
        .doesNotContain("sim.example");
  }

  /**
   * Starts the program, opens it trusting only this certificate, and says for which names it is.
   */
  private static List<String> servedWith(Path certificate, String... arguments) throws Exception {
    try (RunningProgram program = RunningProgram.start(List.of(), arguments)) {
      assertThat(program.url()).startsWith("https://");
      assertThat(program.said())
          .contains("Clients have to trust the certificate in " + certificate + " .");
      X509Certificate read;
      try (InputStream in = Files.newInputStream(certificate)) {
        read = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      }
      HandshakeCertificates trust =
          new HandshakeCertificates.Builder().addTrustedCertificate(read).build();
      assertThat(stats(program, trust)).isEqualTo(200);
      return read.getSubjectAlternativeNames().stream()
          .map(name -> String.valueOf(name.get(1)))
          .toList();
    }
  }

  @Test
  @Timeout(120)
  void itServesTheKeyOfAStoreAndAsksClientsForTheirs() throws Exception {
    HeldCertificate server =
        new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
    HeldCertificate client = new HeldCertificate.Builder().build();
    HandshakeCertificates known =
        new HandshakeCertificates.Builder()
            .addTrustedCertificate(server.certificate())
            .heldCertificate(client)
            .build();
    HandshakeCertificates stranger =
        new HandshakeCertificates.Builder().addTrustedCertificate(server.certificate()).build();
    Path config =
        file(
            CONFIG
                + "tls:\n  keyStore: "
                + store("server.p12", server, true)
                + "\n  keyStorePassword: hidden-1\n  trustStore: "
                + store("clients.p12", client, false)
                + "\n  trustStorePassword: hidden-1\n");
    try (RunningProgram program = RunningProgram.start(List.of(), "--config", config.toString())) {
      assertThat(program.said()).doesNotContain("hidden-1");
      assertThat(stats(program, known)).isEqualTo(200);
      assertThatThrownBy(() -> stats(program, stranger)).isInstanceOf(IOException.class);
    }
  }

  private Path store(String name, HeldCertificate held, boolean withKey) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    char[] password = "hidden-1".toCharArray();
    if (withKey) {
      store.setKeyEntry(
          "a", held.keyPair().getPrivate(), password, new Certificate[] {held.certificate()});
    } else {
      store.setCertificateEntry("a", held.certificate());
    }
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password);
    }
    return file;
  }

  private static int stats(RunningProgram program, HandshakeCertificates certificates)
      throws Exception {
    return HttpClient.newBuilder()
        .sslContext(certificates.sslContext())
        .build()
        .send(
            HttpRequest.newBuilder(URI.create(program.url() + "/control/stats")).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void tlsThatCannotBeIsASentence() throws IOException {
    String pem = directory.resolve("simulator.pem").toString();
    String store = directory.resolve("store.p12").toString();
    assertThat(error("--port", "0", "--tls", pem, "--tls-key-store", store))
        .contains("or a key store, not both");
    assertThat(error("--port", "0", "--tls-name", "a.example")).contains("give the file for it");
    assertThat(error("--port", "0", "--tls-trust-store", store)).contains("needs TLS");
    assertThat(error("--port", "0", "--tls-key-store", store, "--tls-key-store-password", "hidden"))
        .contains("store.p12 cannot be read")
        .doesNotContain("hidden");
    assertThat(error("--port", "0", "--tls", directory.resolve("no/where").toString()))
        .contains("cannot be written");
    assertThat(refusal(CONFIG + "tls: {certificateFile: a, keyStore: b}")).contains("not both");
    assertThat(refusal(CONFIG + "tls: {keyStorePassword: [hidden]}"))
        .contains(".tls.keyStorePassword")
        .doesNotContain("hidden");
  }

  @Test
  void aBadConfigurationIsNamedWithoutItsKeys() throws IOException {
    assertThat(refusal(CONFIG.replace("Parcels", "Parcels\n        colour: red")))
        .contains(".workspaces[0].channels[0].colour")
        .doesNotContain("secret");
    assertThat(refusal(CONFIG.replace("0.2", "2"))).contains("must be from 0 to 1");
    assertThat(refusal("workspaces: []")).contains("has no workspaces");
    assertThat(refusal(CONFIG.replace("accessKeys: [secret-key-of-a-test]", "accessKeys: secret")))
        .contains("line")
        .doesNotContain("secret");
    assertThat(refusal(CONFIG.replace("platform: sms", "platform: s m s"))).contains("platform");
  }

  @Test
  void aMissingFileAndABadPortAreSentences() {
    assertThat(error("--config", directory.resolve("none.yaml").toString()))
        .contains("cannot be read");
    assertThat(error("--port", "70000")).contains("The port must be from 0 to 65535.");
  }

  private String refusal(String config) throws IOException {
    return error("--port", "0", "--config", file(config).toString());
  }

  private String error(String... arguments) {
    StringWriter error = new StringWriter();
    int code =
        new CommandLine(new SimulatorMain()).setErr(new PrintWriter(error)).execute(arguments);
    assertThat(code).isEqualTo(2);
    return error.toString();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("simulator.yaml"), text);
  }

  private static int post(String url, String key, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "AccessKey " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
