package dev.birdconnect.simulator;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_EMAIL_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_SMS_CHANNEL_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.simulator.Api.Reply;
import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.contract.MalformedJsonException;
import dev.birdconnect.simulator.fault.ApiCall;
import dev.birdconnect.simulator.fault.Fault.ErrorBody;
import dev.birdconnect.simulator.fault.Fault.Spoiling;
import dev.birdconnect.simulator.fault.FaultRule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class FaultsTest {
  private final ManualClock clock = new ManualClock(Instant.parse("2031-03-01T13:00:00Z"));
  private final Simulator simulator =
      Simulator.start(SimulatorSettings.demo().withoutRateLimits().withClock(clock));
  private final Api api = new Api(simulator);

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void anAnsweredErrorMakesNothingAndStopsAfterItsCount() throws Exception {
    simulator.inject(FaultRule.unavailable().next(2));

    assertThat(send("a").status()).isEqualTo(503);
    Reply second = send("b");
    assertThat(second.status()).isEqualTo(503);
    assertThat(second.json().path("code").asString()).isEqualTo("InternalError");
    assertThat(send("c").status()).isEqualTo(202);
    assertThat(simulator.madeByReference()).containsOnlyKeys("c");
    assertThat(simulator.faults().list().get(0).struck()).isEqualTo(2);
  }

  @Test
  void tooManyRequestsCarriesRetryAfterInBothForms() throws Exception {
    simulator.inject(FaultRule.tooManyRequests().retryAfterSeconds(7).next(1));
    simulator.inject(FaultRule.tooManyRequests().retryAfterDate(Duration.ofSeconds(9)).next(1));
    simulator.inject(FaultRule.tooManyRequests().next(1));

    assertThat(send("a").header("Retry-After")).isEqualTo("7");
    assertThat(send("a").header("Retry-After")).isEqualTo("Sat, 01 Mar 2031 13:00:09 GMT");
    Reply bare = send("a");
    assertThat(bare.status()).isEqualTo(429);
    assertThat(bare.header("Retry-After")).isEmpty();
    assertThat(simulator.size()).isZero();
  }

  @Test
  void doneThenErrorMakesTheMessage() throws Exception {
    simulator.inject(FaultRule.doneThenError().next(1));

    assertThat(send("a").status()).isEqualTo(500);
    assertThat(simulator.madeByReference()).containsEntry("a", 1);
  }

  @Test
  void aResetIsATcpReset() throws Exception {
    simulator.inject(FaultRule.reset().next(1));
    simulator.inject(FaultRule.doneThenReset().next(1));

    assertThatThrownBy(() -> rawSend("a")).isInstanceOf(SocketException.class);
    assertThat(simulator.madeByReference()).doesNotContainKey("a");
    assertThatThrownBy(() -> rawSend("b")).isInstanceOf(SocketException.class);
    assertThat(simulator.madeByReference()).containsEntry("b", 1);
    assertThat(rawSend("c")).startsWith("HTTP/1.1 202");
    assertThat(simulator.traffic().inFlight()).isZero();
    assertThat(simulator.traffic().total("POST", 0)).isEqualTo(2);
  }

  @Test
  void aResetInTheAnswerComesAfterItsFirstBytes() throws Exception {
    simulator.inject(FaultRule.resetInAnswer().next(1));
    ByteArrayOutputStream seen = new ByteArrayOutputStream();

    assertThatThrownBy(() -> rawSend("a", seen)).isInstanceOf(SocketException.class);
    String text = seen.toString(StandardCharsets.UTF_8);
    assertThat(text).startsWith("HTTP/1.1 202").contains("\r\n\r\n{\"id\"").doesNotEndWith("}");
    assertThat(simulator.madeByReference()).containsEntry("a", 1);
  }

  @Test
  void answersAreSpoiltAfterTheMessageIsMade() throws Exception {
    simulator.inject(FaultRule.spoilt(Spoiling.TRUNCATED_JSON).next(1));
    simulator.inject(FaultRule.spoilt(Spoiling.MALFORMED_JSON).next(1));
    simulator.inject(FaultRule.spoilt(Spoiling.WRONG_CONTENT_TYPE).next(1));
    simulator.inject(FaultRule.spoilt(Spoiling.HTML_PAGE).next(1));

    HttpResponse<String> truncated = api.sendAsync(Api.text("a", "+31600000001")).join();
    assertThat(truncated.statusCode()).isEqualTo(202);
    assertThat(truncated.body()).startsWith("{\"id\"").doesNotEndWith("}");
    HttpResponse<String> malformed = api.sendAsync(Api.text("b", "+31600000001")).join();
    assertThat(malformed.statusCode()).isEqualTo(202);
    assertThatThrownBy(() -> Json.read(malformed.body().getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedJsonException.class);
    Reply wrong = send("c");
    assertThat(wrong.header("Content-Type")).startsWith("text/plain");
    assertThat(wrong.json().path("reference").asString()).isEqualTo("c");
    Reply page = send("d");
    assertThat(page.status()).isEqualTo(202);
    assertThat(page.response().body()).startsWith("<!doctype html>");
    assertThat(simulator.madeByReference()).containsOnlyKeys("a", "b", "c", "d");
  }

  @Test
  void anErrorCanBeAPageOrEmpty() throws Exception {
    simulator.inject(FaultRule.answer(502).withBody(ErrorBody.HTML).next(1));
    simulator.inject(FaultRule.answer(429).withBody(ErrorBody.EMPTY).retryAfterSeconds(1).next(1));

    Reply page = send("a");
    assertThat(page.status()).isEqualTo(502);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.response().body()).contains("<h1>502</h1>");
    Reply empty = send("a");
    assertThat(empty.response().body()).isEmpty();
    assertThat(empty.header("Retry-After")).isEqualTo("1");
    assertThat(simulator.size()).isZero();
  }

  @Test
  void aRateLimitLetsItsBurstThroughAndRefusesTheRest() throws Exception {
    simulator.inject(
        FaultRule.rateLimit(0.001, 3).onCall(ApiCall.SEND).retryAfterDate(Duration.ofSeconds(9)));

    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      statuses.add(send("r" + i).status());
    }
    assertThat(statuses).containsExactly(202, 202, 202, 429, 429);
    assertThat(send("r5").header("Retry-After")).isEqualTo("Sat, 01 Mar 2031 13:00:09 GMT");
    assertThat(api.get(Api.messages()).status()).isEqualTo(200);
    assertThat(simulator.size()).isEqualTo(3);
    assertThat(simulator.faults().list().get(0).struck()).isEqualTo(3);
  }

  @Test
  void aLateArrivalCanBeReadAndTakesItsPlaceInTheListLater() throws Exception {
    simulator.inject(FaultRule.lateArrival(Duration.ofSeconds(2)).next(1));
    String id = send("late").json().path("id").asString();
    clock.advance(Duration.ofSeconds(1));
    send("after");

    assertThat(listed()).containsExactly("after");
    assertThat(api.get(Api.messages() + "/" + id).status()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(1));
    assertThat(listed()).containsExactly("after", "late");
  }

  @Test
  void aHangNeverAnswers() {
    simulator.inject(FaultRule.hang().onReference("hang"));
    simulator.inject(FaultRule.doneThenHang().onReference("made"));
    CompletableFuture<HttpResponse<String>> first = api.sendAsync(Api.text("hang", "+31600000001"));
    CompletableFuture<HttpResponse<String>> second =
        api.sendAsync(Api.text("made", "+31600000001"));
    CompletableFuture<HttpResponse<String>> other =
        api.sendAsync(Api.text("other", "+31600000001"));

    assertThat(other.join().statusCode()).isEqualTo(202);
    Awaitility.await().until(() -> simulator.traffic().inFlight() == 2);
    assertThat(first).isNotDone();
    assertThat(second).isNotDone();
    assertThat(simulator.madeByReference()).containsOnlyKeys("made", "other");
    simulator.close();
    Awaitility.await().until(() -> first.isCompletedExceptionally());
    assertThat(second).isCompletedExceptionally();
  }

  @Test
  void closingWhileCallsHangSaysNothing() {
    PrintStream usual = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      simulator.inject(FaultRule.doneThenHang().onReference("hang.*"));
      simulator.inject(FaultRule.latency(Duration.ofHours(1)).onReference("slow.*"));
      List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        calls.add(api.sendAsync(Api.text("hang" + i, "+31600000001")));
        calls.add(api.sendAsync(Api.text("slow" + i, "+31600000001")));
      }
      Awaitility.await().until(() -> simulator.traffic().inFlight() == calls.size());
      simulator.close();
      Awaitility.await().until(() -> calls.stream().allMatch(CompletableFuture::isDone));
      assertThat(calls)
          .as("calls that got their answer")
          .noneMatch(call -> !call.isCompletedExceptionally() && call.join().statusCode() == 202);
    } finally {
      System.setErr(usual);
    }
    assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain("WARN", "ERROR", "Exception");
  }

  @Test
  void aThousandDelayedRequestsAreInFlightTogether() {
    simulator.inject(FaultRule.latency(Duration.ofSeconds(3)));
    long begin = System.nanoTime();
    List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      calls.add(api.sendAsync(Api.text("r" + i, "+31600000001")));
    }
    CompletableFuture.allOf(calls.toArray(CompletableFuture<?>[]::new)).join();

    assertThat(calls).allMatch(call -> call.join().statusCode() == 202);
    assertThat(simulator.traffic().inFlightMaximum()).isGreaterThan(500);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(3));
    assertThat(simulator.traffic().inFlight()).isZero();
  }

  @Test
  void latencyIsDrawnFromItsRange() throws Exception {
    simulator.inject(FaultRule.latency(Duration.ofMillis(60), Duration.ofMillis(120)));
    long begin = System.nanoTime();
    send("a");
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)).isGreaterThanOrEqualTo(60);
  }

  @Test
  void aListingDelayHidesTheMessageFromListsAndReads() throws Exception {
    simulator.inject(FaultRule.listingDelay(Duration.ofSeconds(2)).next(1));
    String id = send("hidden").json().path("id").asString();
    send("shown");

    assertThat(api.get(Api.messages()).json().path("results").size()).isEqualTo(1);
    assertThat(api.get(Api.messages() + "/" + id).status()).isEqualTo(404);
    clock.advance(Duration.ofSeconds(2));
    assertThat(api.get(Api.messages()).json().path("results").size()).isEqualTo(2);
    assertThat(api.get(Api.messages() + "/" + id).status()).isEqualTo(200);
  }

  @Test
  void rulesMatchChannelReferenceAndMethod() throws Exception {
    simulator.inject(FaultRule.answer(500).onChannel(UUID.fromString(DEMO_EMAIL_CHANNEL_ID)));
    simulator.inject(FaultRule.answer(501).onReference("bk1:.*"));
    simulator.inject(FaultRule.answer(502).onMethod("get"));

    assertThat(send("plain").status()).isEqualTo(202);
    assertThat(send("bk1:x").status()).isEqualTo(501);
    assertThat(api.get(Api.messages()).status()).isEqualTo(502);
    assertThat(api.get(Api.channel(DEMO_EMAIL_CHANNEL_ID)).status()).isEqualTo(500);
  }

  @Test
  void rulesMatchTheOperation() throws Exception {
    simulator.inject(FaultRule.answer(500).onCall(ApiCall.LIST));
    simulator.inject(FaultRule.answer(501).onCall(ApiCall.GET_CHANNEL));

    assertThat(send("a").status()).isEqualTo(202);
    assertThat(api.get(Api.messages()).status()).isEqualTo(500);
    assertThat(api.get(Api.messages() + "/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(api.get(Api.channel(DEMO_EMAIL_CHANNEL_ID)).status()).isEqualTo(501);
  }

  @Test
  void drawsFollowTheRequestsAndNotTheirOrder() {
    List<Integer> first = statusesTogether();
    assertThat(statusesTogether()).isEqualTo(first);
    assertThat(first).contains(202, 503);
  }

  /** A hundred sends at once, in whatever order they arrive. */
  private List<Integer> statusesTogether() {
    simulator.faults().clear();
    simulator.inject(FaultRule.unavailable().withProbability(0.5, 7));
    List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls.add(api.sendAsync(Api.text("r" + i, "+31600000001")));
    }
    return calls.stream().map(call -> call.join().statusCode()).toList();
  }

  @Test
  void probabilityFollowsItsSeed() throws Exception {
    List<Integer> first = statusesUnder(FaultRule.unavailable().withProbability(0.5, 7));
    List<Integer> again = statusesUnder(FaultRule.unavailable().withProbability(0.5, 7));
    assertThat(again).isEqualTo(first);
    assertThat(first).contains(202, 503);
  }

  @Test
  void faultsAreAddedListedAndRemovedByControlCalls() throws Exception {
    Reply added =
        api.post(
            "/control/faults",
            "{\"kind\":\"answer\",\"status\":429,\"retryAfterSeconds\":3,\"count\":1,"
                + "\"method\":\"POST\",\"channelId\":\""
                + DEMO_SMS_CHANNEL_ID
                + "\",\"reference\":\"a.*\"}");
    assertThat(added.status()).isEqualTo(201);
    api.post("/control/faults", "{\"kind\":\"latency\",\"millis\":1,\"maxMillis\":2}");

    JsonNode listed = api.get("/control/faults").json().path("faults");
    assertThat(listed.size()).isEqualTo(2);
    assertThat(listed.get(0).path("status").asInt()).isEqualTo(429);
    Reply refused = send("abc");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("3");
    assertThat(api.get("/control/faults").json().at("/faults/0/struck").asInt()).isEqualTo(1);

    String id = added.json().path("id").asString();
    assertThat(api.delete("/control/faults/" + id).status()).isEqualTo(200);
    assertThat(api.delete("/control/faults/" + id).status()).isEqualTo(404);
    assertThat(api.delete("/control/faults").status()).isEqualTo(200);
    assertThat(api.get("/control/faults").json().path("faults").size()).isZero();
  }

  @Test
  void aFaultThatCannotBeIsRefused() throws Exception {
    for (String rule :
        List.of(
            "{}",
            "{\"kind\":\"earthquake\"}",
            "{\"kind\":\"latency\",\"millis\":5,\"maxMillis\":2}",
            "{\"kind\":\"latency\",\"percentiles\":{\"median\":5}}",
            "{\"kind\":\"latency\",\"percentiles\":{\"p50\":5,\"p99\":2}}",
            "{\"kind\":\"rate-limit\"}",
            "{\"kind\":\"rate-limit\",\"perSecond\":0}",
            "{\"kind\":\"answer\",\"body\":\"poem\"}",
            "{\"kind\":\"reset\",\"operation\":\"dance\"}",
            "{\"kind\":\"reset\",\"probability\":2}",
            "{\"kind\":\"reset\",\"reference\":\"(\"}",
            "{\"kind\":\"reset\",\"colour\":1}")) {
      assertThat(api.post("/control/faults", rule).status()).as(rule).isEqualTo(422);
    }
    assertThat(simulator.faults().list()).isEmpty();
  }

  private List<Integer> statusesUnder(FaultRule rule) throws Exception {
    simulator.faults().clear();
    simulator.inject(rule);
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      statuses.add(send("p").status());
    }
    return statuses;
  }

  private List<String> listed() throws Exception {
    List<String> references = new ArrayList<>();
    api.get(Api.messages())
        .json()
        .path("results")
        .forEach(message -> references.add(message.path("reference").asString()));
    return references;
  }

  private Reply send(String reference) throws Exception {
    return api.send(Api.text(reference, "+31600000001"));
  }

  private String rawSend(String reference) throws IOException {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    rawSend(reference, seen);
    return seen.toString(StandardCharsets.UTF_8);
  }

  private void rawSend(String reference, OutputStream seen) throws IOException {
    String body = Api.text(reference, "+31600000001").toString();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port())) {
      socket.setSoTimeout(20_000);
      String head =
          "POST "
              + Api.messages()
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "Content-Type: application/json\r\nAuthorization: AccessKey "
              + SimulatorSettings.DEMO_ACCESS_KEY
              + "\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n";
      socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
      var unused = socket.getInputStream().transferTo(seen);
    }
  }
}
