package dev.birdconnect.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.tls.TlsSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults of the connection under TLS, where it may carry several requests at once. */
@Timeout(120)
class EncryptedFaultsTest {
  private static final long TOGETHER = 100;

  private final Simulator simulator =
      Simulator.start(
          SimulatorSettings.demo().withoutRateLimits().withTls(TlsSettings.selfSigned()));

  @AfterEach
  void stop() {
    simulator.close();
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void aResetLeavesTheRequestUndoneOrDone(HttpClient.Version version) throws Exception {
    Api api = api(version);
    simulator.inject(FaultRule.reset().next(1));
    simulator.inject(FaultRule.doneThenReset().next(1));

    assertThatThrownBy(() -> send(api, "a")).hasRootCauseInstanceOf(IOException.class);
    assertThat(simulator.madeByReference()).isEmpty();
    assertThatThrownBy(() -> send(api, "b")).hasRootCauseInstanceOf(IOException.class);
    assertThat(simulator.madeByReference()).containsOnlyKeys("b");
    assertThat(send(api, "c").statusCode()).isEqualTo(202);
    assertThat(simulator.traffic().total("POST", 0)).isEqualTo(2);
    assertThat(simulator.traffic().inFlight()).isZero();
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void aResetInTheAnswerLeavesTheRequestDone(HttpClient.Version version) {
    simulator.inject(FaultRule.resetInAnswer().next(1));

    assertThatThrownBy(() -> send(api(version), "a")).hasRootCauseInstanceOf(IOException.class);
    assertThat(simulator.madeByReference()).containsOnlyKeys("a");
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void latencyHoldsUpNobodyElse(HttpClient.Version version) throws Exception {
    Api api = api(version);
    simulator.inject(FaultRule.latency(Duration.ofHours(1)).onReference("slow"));
    CompletableFuture<?> slow = api.sendAsync(Api.text("slow", "+31600000001"));
    await().until(() -> simulator.traffic().inFlight() == 1);

    assertThat(send(api, "quick").statusCode()).isEqualTo(202);
    assertThat(slow).isNotDone();
  }

  @Test
  void aResetIsATcpResetAlsoUnderTls() {
    simulator.inject(FaultRule.reset().next(1));
    ByteArrayOutputStream seen = new ByteArrayOutputStream();

    assertThatThrownBy(() -> rawSend(seen)).isInstanceOf(SocketException.class);
    assertThat(seen.size()).isZero();
  }

  @Test
  void aResetInTheAnswerComesAfterItsHead() {
    simulator.inject(FaultRule.resetInAnswer().next(1));
    ByteArrayOutputStream seen = new ByteArrayOutputStream();

    assertThatThrownBy(() -> rawSend(seen)).isInstanceOf(SocketException.class);
    assertThat(seen.toString(StandardCharsets.UTF_8))
        .startsWith("HTTP/1.1 202")
        .contains("\r\n\r\n{\"id\"")
        .doesNotEndWith("}");
  }

  private void rawSend(OutputStream seen) throws IOException {
    String body = Api.text("a", "+31600000001").toString();
    String head =
        "POST "
            + Api.messages()
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Authorization: AccessKey "
            + SimulatorSettings.DEMO_ACCESS_KEY
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    try (Socket socket =
        simulator
            .tls()
            .clientContext()
            .getSocketFactory()
            .createSocket("127.0.0.1", simulator.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
      var unused = socket.getInputStream().transferTo(seen);
    }
  }

  @Test
  void aResetTakesAllRequestsOfAConnectionWithIt() {
    Api api = api(HttpClient.Version.HTTP_2);
    simulator.inject(FaultRule.doneThenHang().onReference("hang"));
    CompletableFuture<HttpResponse<String>> hanging =
        api.sendAsync(Api.text("hang", "+31600000001"));
    await().until(() -> simulator.traffic().inFlight() == 1);
    simulator.inject(FaultRule.reset().next(1));

    assertThatThrownBy(() -> send(api, "a")).hasRootCauseInstanceOf(IOException.class);
    await().until(hanging::isCompletedExceptionally);
  }

  @Test
  void clientsMayGiveUpOnAsManyRequestsAsTheyLike() throws Exception {
    Api api = api(HttpClient.Version.HTTP_2);
    assertThat(send(api, "first").statusCode()).isEqualTo(202);
    simulator.inject(FaultRule.hang().onReference("hang.*"));
    CompletableFuture<HttpResponse<String>> waiting =
        api.sendAsync(Api.text("hang", "+31600000001"));
    for (int round = 1; round <= 5; round++) {
      List<CompletableFuture<?>> calls = new ArrayList<>();
      for (int i = 0; i < TOGETHER; i++) {
        calls.add(api.sendAsync(Api.text("hang" + i, "+31600000001")));
      }
      await().until(() -> simulator.traffic().inFlight() == 1 + TOGETHER);
      calls.forEach(call -> call.cancel(true));
      // By HTTP/2 the simulator hears of it.
      await().until(() -> simulator.traffic().inFlight() == 1);
      assertThat(simulator.traffic().total("POST", 0)).isEqualTo(round * TOGETHER);
    }
    assertThat(send(api, "last").statusCode()).isEqualTo(202);
    assertThat(waiting).as("a call on the connection that the others gave up").isNotDone();
  }

  private Api api(HttpClient.Version version) {
    return new Api(
        simulator,
        HttpClient.newBuilder()
            .sslContext(simulator.tls().clientContext())
            .version(version)
            .build());
  }

  private static HttpResponse<String> send(Api api, String reference) {
    return api.sendAsync(Api.text(reference, "+31600000001")).join();
  }
}
