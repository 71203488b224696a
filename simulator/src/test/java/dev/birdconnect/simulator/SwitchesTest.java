package dev.birdconnect.simulator;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_ACCESS_KEY;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_EMAIL_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_SMS_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_WORKSPACE_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.birdconnect.simulator.Api.Reply;
import dev.birdconnect.simulator.account.WorkspaceSettings;
import dev.birdconnect.simulator.conformance.ProvokedAnswers;
import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.Switch;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every value of every switch, set by the control call and seen over HTTP. A probe asks something
 * of the API and says in short what it saw; each value has to give the sight that is written here.
 */
class SwitchesTest {
  private static final UUID FOREIGN = UUID.fromString("aaaaaaaa-6b1d-4c3f-9a57-2d8e1b7c5a01");
  private static final Instant START = Instant.parse("2031-03-01T13:00:00.120Z");
  private static final String TO = "\"receiver\":{\"contacts\":[{\"identifierValue\":\"+316\"}]}";
  private static final String TEXT = "\"body\":{\"type\":\"text\",\"text\":{\"text\":\"x\"}}";

  /** One simulator with the switch set, and what a probe needs. */
  private static final class World implements AutoCloseable {
    final ManualClock clock = new ManualClock(START);
    final Simulator simulator;
    final Api api;

    World(boolean limited) {
      List<WorkspaceSettings> workspaces = new ArrayList<>(SimulatorSettings.demo().workspaces());
      workspaces.add(new WorkspaceSettings(FOREIGN, List.of("other-key"), List.of()));
      SimulatorSettings settings =
          SimulatorSettings.demo().withWorkspaces(workspaces).withClock(clock);
      simulator =
          Simulator.start(
              limited
                  ? settings.withRates(Optional.of(1), Optional.of(1))
                  : settings.withoutRateLimits());
      api = new Api(simulator);
    }

    @Override
    public void close() {
      simulator.close();
    }

    Reply send(String json) throws Exception {
      return api.post(Api.messages(), json);
    }

    Reply sendText(String reference) throws Exception {
      return api.send(Api.text(reference, "+31600000001"));
    }

    Reply list(String query) throws Exception {
      return api.get(Api.messages() + query);
    }

    Reply read(Reply made) throws Exception {
      return api.get(Api.messages() + "/" + made.json().path("id").asString());
    }

    String references(String query) throws Exception {
      List<String> references = new ArrayList<>();
      list(query)
          .json()
          .path("results")
          .forEach(message -> references.add(message.path("reference").asString()));
      return String.join(" ", references);
    }

    void sendThree() throws Exception {
      for (String reference : List.of("a", "b", "c")) {
        sendText(reference);
        clock.advance(Duration.ofMillis(10));
      }
    }

    String later(Reply made) throws Exception {
      clock.advance(Duration.ofMinutes(1));
      JsonNode message = read(made).json();
      return made.status()
          + " "
          + message.path("status").asString()
          + " "
          + message.at("/failure/code").asString("");
    }
  }

  private interface Probe {
    String see(World world) throws Exception;
  }

  private record Expected(Probe probe, boolean limited, Map<String, String> byValue) {}

  private static final Map<Switch, Expected> EXPECTED = new EnumMap<>(Switch.class);

  private static void see(Switch of, Probe probe, String... valuesAndSights) {
    see(of, false, probe, valuesAndSights);
  }

  private static void see(Switch of, boolean limited, Probe probe, String... valuesAndSights) {
    Map<String, String> byValue = new LinkedHashMap<>();
    for (int i = 0; i < valuesAndSights.length; i += 2) {
      byValue.put(valuesAndSights[i], valuesAndSights[i + 1]);
    }
    EXPECTED.put(of, new Expected(probe, limited, byValue));
  }

  private static String next(World world, String query) throws Exception {
    return "&pageToken=" + world.list(query).json().path("nextPageToken").asString();
  }

  private static void lists() {
    see(
        Switch.LIST_ORDER,
        w -> {
          w.sendThree();
          return w.references("") + "," + w.references("?reverse=true");
        },
        "newest-first",
        "c b a,a b c",
        "oldest-first",
        "a b c,c b a");
    see(
        Switch.PAGE_TOKEN,
        w -> {
          w.sendThree();
          String token = next(w, "?limit=1");
          w.sendText("d");
          return w.references("?limit=2" + token);
        },
        "position",
        "b a",
        "offset",
        "c b");
    see(
        Switch.PAGE_TOKEN_LIFE,
        w -> {
          w.sendThree();
          String token = next(w, "?limit=1");
          w.clock.advance(Duration.ofSeconds(3));
          return "" + w.list("?limit=1" + token).status();
        },
        "for-ever",
        "200",
        "PT2S",
        "422",
        "PT4S",
        "200");
    see(
        Switch.UNREADABLE_PAGE_TOKEN,
        w -> "" + w.list("?pageToken=abc").status(),
        "422",
        "422",
        "400",
        "400");
    see(
        Switch.PAGE_TOKEN_ELSEWHERE,
        w -> {
          w.sendThree();
          String token = next(w, "?limit=1");
          return w.list("?limit=2" + token).status()
              + " "
              + w.list("?limit=1&reverse=true" + token).status();
        },
        "position-only",
        "200 200",
        "refused",
        "200 422");
    see(
        Switch.WORKSPACE_LIST,
        w -> "" + w.api.get(Api.channel("messages")).status(),
        "all-channels",
        "200",
        "missing",
        "404");
    see(
        Switch.UNDOCUMENTED_FILTERS,
        w -> {
          w.sendThree();
          w.simulator.receiveInbound(DEMO_SMS_CHANNEL_ID, "+31600000009", "hi");
          return w.list("?status=accepted").json().path("results").size()
              + " "
              + w.list("?direction=incoming").json().path("results").size()
              + " "
              + w.list("?phonenumber=%2B31600000001").json().path("results").size()
              + " "
              + w.references("?startAt=2031-03-01T13:00:00.130Z&endAt=2031-03-01T13:00:00.140Z")
              + " "
              + w.list("?startAt=2031-03-01T00:00:00Z&endAt=2031-03-08T00:00:00.001Z").status();
        },
        "ignored",
        "4 4 4  c b a 200",
        "applied",
        "3 1 3 b 400");
    see(
        Switch.UNKNOWN_PARAMETERS,
        w -> "" + w.list("?page=2").status(),
        "ignored",
        "200",
        "refused",
        "422");
    see(
        Switch.BATCH_FILTER,
        w -> {
          w.sendThree();
          return "" + w.list("?batchId=" + UUID.randomUUID()).json().path("results").size();
        },
        "ignored",
        "3",
        "applied",
        "0");
    see(
        Switch.READ_DELAY,
        w -> {
          Reply made = w.sendText("a");
          String before = w.read(made).status() + " " + w.references("");
          w.clock.advance(Duration.ofSeconds(2));
          return before + "," + w.read(made).status() + " " + w.references("");
        },
        "at-once",
        "200 a,200 a",
        "PT2S",
        "404 ,200 a",
        "3000",
        "404 ,404 ");
    see(
        Switch.LATE_ARRIVALS,
        w -> {
          w.sendThree();
          w.sendText("d");
          String before = w.references("");
          w.clock.advance(Duration.ofSeconds(3));
          return before + "," + w.references("");
        },
        "none",
        "d c b a,d c b a",
        "PT3S",
        "d b a,d c b a");
    see(Switch.BAD_PARAMETERS, w -> "" + w.list("?limit=0").status(), "422", "422", "400", "400");
    see(
        Switch.BAD_PATH_IDS,
        w -> "" + w.api.get(Api.channel("abc")).status(),
        "422",
        "422",
        "400",
        "400",
        "404",
        "404");
    see(
        Switch.KEEP_MESSAGES,
        w -> {
          Reply made = w.sendText("a");
          w.clock.advance(Duration.ofSeconds(5));
          w.sendText("b");
          return w.read(made).status() + " " + w.references("");
        },
        "for-ever",
        "200 b a",
        "PT5S",
        "404 b",
        "PT6S",
        "200 b a");
    see(
        Switch.INBOUND,
        w -> {
          w.simulator.receiveInbound(DEMO_SMS_CHANNEL_ID, "+31600000009", "hi");
          return "" + w.list("").json().path("results").size();
        },
        "listed",
        "1",
        "left-out",
        "0");
  }

  private static void access() {
    see(
        Switch.ERROR_BODY,
        w -> {
          Reply reply =
              w.api.call(w.api.request(Api.messages()).setHeader("Authorization", "no").GET());
          w.simulator.inject(FaultRule.answer(503));
          Reply failed = w.list("");
          return reply.status()
              + reply.json().path("code").asString("")
              + reply.response().body().contains("<html>")
              + " "
              + failed.status()
              + failed.json().path("code").asString("")
              + failed.response().body().isEmpty();
        },
        "documented",
        "401Unauthorizedfalse 503InternalErrorfalse",
        "empty",
        "401false 503true",
        "html",
        "401true 503false");
    see(
        Switch.RETRY_AFTER,
        true,
        w -> {
          Reply reply = w.list("");
          while (reply.status() != 429) {
            reply = w.list("");
          }
          return reply.header("Retry-After");
        },
        "none",
        "",
        "seconds",
        "1",
        "date",
        "Sat, 01 Mar 2031 13:00:01 GMT");
    see(
        Switch.LARGEST_BODY,
        w -> w.send("x".repeat(200_001)).status() + " " + w.send("x".repeat(204_801)).status(),
        "204800",
        "400 413",
        "200000",
        "413 413");
    see(
        Switch.BEARER,
        w ->
            ""
                + w.api
                    .call(
                        w.api
                            .request(Api.messages())
                            .setHeader("Authorization", "Bearer " + DEMO_ACCESS_KEY)
                            .GET())
                    .status(),
        "refused",
        "401",
        "accepted",
        "200");
    see(
        Switch.FOREIGN_WORKSPACE,
        w -> "" + w.api.get("/workspaces/" + FOREIGN + "/channels").status(),
        "403",
        "403",
        "404",
        "404");
    see(
        Switch.CONTENT_TYPE,
        w ->
            ""
                + w.api
                    .call(
                        w.api
                            .request(Api.messages())
                            .setHeader("Content-Type", "text/plain")
                            .POST(HttpRequest.BodyPublishers.ofString("{" + TO + "," + TEXT + "}")))
                    .status(),
        "400",
        "400",
        "415",
        "415",
        "ignored",
        "202");
    see(
        Switch.CHECK_ORDER,
        w ->
            "" + w.api.post(Api.channel(UUID.randomUUID().toString()) + "/messages", "{}").status(),
        "channel-first",
        "404",
        "fields-first",
        "422");
    see(
        Switch.CLOCK_SHIFT,
        w -> {
          Reply made = w.sendText("a");
          return made.header("Date").substring(17, 25)
              + " "
              + made.json().path("createdAt").asString().substring(11, 19);
        },
        "none",
        "13:00:00 13:00:00",
        "PT10M",
        "13:10:00 13:10:00",
        "-60000",
        "12:59:00 12:59:00");
  }

  private static void sends() {
    see(
        Switch.CONFLICT,
        w ->
            w.sendText("a").status()
                + " "
                + w.sendText("a").status()
                + " "
                + w.sendText("b").status(),
        "never",
        "202 202 202",
        "used-reference",
        "202 409 202");
    see(
        Switch.IDEMPOTENCY_KEY,
        w -> {
          for (int i = 0; i < 2; i++) {
            w.api.call(
                w.api
                    .request(Api.messages())
                    .header("Idempotency-Key", "k")
                    .POST(HttpRequest.BodyPublishers.ofString("{" + TO + "," + TEXT + "}")));
          }
          return "" + w.simulator.size();
        },
        "ignored",
        "2",
        "honoured",
        "1");
    String two = "{\"receiver\":{\"contacts\":[{},{}]}," + TEXT + "}";
    see(
        Switch.SEVERAL_RECIPIENTS,
        w -> {
          Reply made = w.send(two);
          return made.status() == 202 ? w.later(made) : "" + made.status();
        },
        "422",
        "422",
        "400",
        "400",
        "rejected-later",
        "202 rejected 11001");
    see(
        Switch.EMPTY_ARRAYS,
        w ->
            w.send("{\"receiver\":{\"contacts\":[]}," + TEXT + "}").status()
                + " "
                + w.send("{\"receiver\":{}," + TEXT + "}").status()
                + " "
                + w.send("{" + TO + ",\"body\":{\"type\":\"image\",\"image\":{\"images\":[]}}}")
                    .status()
                + " "
                + w.send("{" + TO + ",\"body\":{\"type\":\"file\",\"file\":{\"files\":[]}}}")
                    .status()
                + " "
                + w.send("{" + TO + ",\"template\":{\"parameters\":[]}}").status(),
        "refused",
        "422 422 422 422 202",
        "by-the-letter",
        "202 202 202 202 202");
    see(
        Switch.BODY_AND_TEMPLATE,
        w -> {
          Reply reply = w.send("{" + TO + "," + TEXT + ",\"template\":{}}");
          return reply.status() + " " + reply.json().has("body");
        },
        "refused",
        "422 false",
        "template-wins",
        "202 false");
    see(
        Switch.MESSAGE_FIELDS,
        w -> {
          List<String> names = new ArrayList<>(w.sendText("a").json().propertyNames());
          names.removeAll(List.of("id", "channelId", "status", "createdAt", "lastStatusAt"));
          boolean noReference = w.send("{" + TO + "," + TEXT + "}").json().has("reference");
          return names.contains("reference") + " " + (names.size() == 1) + " " + noReference;
        },
        "all",
        "true false true",
        "sparse",
        "true true false");
    see(
        Switch.ACTION_BODY,
        w -> {
          String request = "{" + TO + ",\"body\":{\"type\":\"TYPE\"}}";
          return w.send(request.replace("TYPE", "action")).status()
              + " "
              + w.send(request.replace("TYPE", "permission_request")).status();
        },
        "accepted",
        "202 422",
        "refused",
        "422 422");
    see(
        Switch.FAR_SCHEDULE,
        w -> {
          Reply made =
              w.send("{" + TO + "," + TEXT + ",\"scheduledFor\":\"2031-04-06T00:00:00Z\"}");
          w.clock.advance(Duration.ofDays(40));
          return made.status() == 202 ? w.later(made) : "" + made.status();
        },
        "refused",
        "422",
        "rejected-later",
        "202 rejected 11002");
    see(
        Switch.TAGS,
        w -> {
          ObjectNode send = Api.text("a", "+1");
          send.putArray("tags").add("B c").add("A").add("a");
          return w.api.send(send).json().path("tags").toString();
        },
        "in-order",
        "[\"b c\",\"a\"]",
        "sorted",
        "[\"a\",\"b c\"]",
        "with-repeats",
        "[\"b c\",\"a\",\"a\"]");
    see(
        Switch.OTP_EXPIRATION,
        w -> {
          String otp =
              "{"
                  + TO
                  + ",\"body\":{\"type\":\"authentication\",\"authentication\":"
                  + "{\"otp\":{\"disclaimer\":true,\"expirationTime\":N}}}}";
          return w.send(otp.replace("N", "90")).status()
              + " "
              + w.send(otp.replace("N", "91")).status();
        },
        "range-only",
        "202 422");
    see(
        Switch.CONTACT_IDS,
        w -> {
          String path = "/receiver/contacts/0/id";
          return "" + w.sendText("a").json().at(path).equals(w.sendText("b").json().at(path));
        },
        "by-identifier",
        "true",
        "per-message",
        "false");
    see(
        Switch.IDENTIFIER_FORMAT,
        w ->
            w.api.send(Api.text("a", "0612")).status()
                + " "
                + w.api.send(Api.text("a", "+31600000001")).status(),
        "unchecked",
        "202 202",
        "checked",
        "422 202");
    see(
        Switch.TIMES,
        w -> w.sendText("a").json().path("createdAt").asString(),
        "three-decimals",
        "2031-03-01T13:00:00.120Z",
        "nine-decimals",
        "2031-03-01T13:00:00.120000000Z",
        "no-trailing-zeros",
        "2031-03-01T13:00:00.12Z");
    see(
        Switch.FAILED_SEND,
        w -> {
          w.simulator.inject(FaultRule.answer(500));
          String seen;
          try {
            seen = "" + w.sendText("a").status();
          } catch (IOException e) {
            // Without the answer's head the client says nothing of its body.
            seen =
                String.valueOf(e.getMessage()).contains("fixed content-length") ? "part" : "none";
          }
          return seen + " " + w.simulator.size();
        },
        "no-message",
        "500 0",
        "message-made",
        "500 1",
        "cut-before-answer",
        "none 1",
        "cut-after-first-byte",
        "part 1");
    see(
        Switch.FORMATS,
        w -> "" + w.send("{" + TO + "," + TEXT + ",\"scheduledFor\":\"soon\"}").status(),
        "checked",
        "422",
        "unchecked",
        "202");
    see(
        Switch.NULL_BODY,
        w -> {
          Reply reply = w.send("{" + TO + ",\"body\":null,\"template\":{}}");
          return reply.status() + " " + reply.json().path("details").has(".body");
        },
        "as-missing",
        "202 false",
        "refused",
        "422 true");
  }

  private static String steps(World w) throws Exception {
    Reply made = w.sendText("a");
    StringBuilder statuses = new StringBuilder();
    String last = "";
    for (int i = 0; i < 40; i++) {
      String now = w.read(made).json().path("status").asString();
      if (!now.equals(last)) {
        statuses.append(i / 2).append(now).append(' ');
        last = now;
      }
      w.clock.advance(Duration.ofMillis(500));
    }
    return statuses.toString().trim();
  }

  private static void lives() {
    see(
        Switch.PROGRESS,
        SwitchesTest::steps,
        "by-profile",
        "0accepted 0sent 1delivered",
        "stops-at-sent",
        "0accepted 0sent",
        "rejected",
        "0accepted 0rejected",
        "skipped",
        "0accepted 0skipped",
        "sending-failed",
        "0accepted 0sending_failed",
        "delivery-failed",
        "0accepted 0sent 1delivery_failed",
        "late-failure-after-sent",
        "0accepted 0sent 10delivery_failed",
        "late-failure-after-delivered",
        "0accepted 0sent 1delivered 11delivery_failed");
    see(
        Switch.LATE_FAILURE_DELAY,
        w -> {
          w.simulator.switches().set(Choice.LATE_FAILURE_AFTER_DELIVERED);
          Reply made = w.sendText("a");
          w.clock.advance(Duration.ofSeconds(5));
          return w.read(made).json().path("status").asString();
        },
        "PT10S",
        "delivered",
        "PT2S",
        "delivery_failed");
    see(
        Switch.LAST_STATUS_AT,
        w -> {
          Reply made = w.sendText("a");
          StringBuilder times = new StringBuilder();
          for (int millis : new int[] {200, 300, 1000}) {
            w.clock.advance(Duration.ofMillis(millis));
            times
                .append(w.read(made).json().path("lastStatusAt").asString().substring(20, 23))
                .append(' ');
          }
          return times.toString();
        },
        "status-start",
        "320 620 620 ",
        "platform-time",
        "320 320 220 ");
  }

  private static String batch(World w) throws Exception {
    ObjectNode batch = Json.mapper().createObjectNode();
    var requests = batch.putArray("messageRequests");
    for (int i = 10; i < 60; i++) {
      requests.add(Api.text("r" + i, "+31600000001"));
    }
    Reply taken =
        w.api.post(Api.channel(DEMO_SMS_CHANNEL_ID) + "/batch/messages", batch.toString());
    assertThat(taken.status()).isEqualTo(202);
    int atOnce = w.simulator.size();
    await().until(() -> w.simulator.size() == 50);
    List<String> order =
        w.simulator.messages(DEMO_SMS_CHANNEL_ID).stream().map(MadeMessage::reference).toList();
    return atOnce + " " + order.equals(order.stream().sorted().toList());
  }

  private static void batchesAndUploads() {
    see(Switch.BATCH_ORDER, SwitchesTest::batch, "in-order", "50 true", "any-order", "50 false");
    see(Switch.BATCH_DELAY, SwitchesTest::batch, "none", "50 true", "PT0.5S", "0 true");
    see(
        Switch.UPLOAD_FORM_LIFE,
        w -> {
          JsonNode form = form(w);
          w.clock.advance(Duration.ofSeconds(30));
          return "" + ProvokedAnswers.upload(w.api, form, new byte[10]).status();
        },
        "PT15M",
        "204",
        "PT30S",
        "403");
    see(
        Switch.UPLOAD_ANSWER,
        w -> "" + ProvokedAnswers.upload(w.api, form(w), new byte[10]).status(),
        "204",
        "204",
        "201",
        "201",
        "200",
        "200");
    see(
        Switch.MISSING_MEDIA,
        w -> {
          String url = form(w).path("mediaUrl").asString();
          Reply made =
              w.send(
                  "{"
                      + TO
                      + ",\"body\":{\"type\":\"gif\",\"gif\":{\"mediaUrl\":\""
                      + url
                      + "\"}}}");
          return made.status() == 202 ? w.later(made) : "" + made.status();
        },
        "sending-failed",
        "202 sending_failed 15005",
        "refused",
        "422",
        "ignored",
        "202 delivered ");
    see(
        Switch.UPLOAD_FIELDS,
        w ->
            ""
                + w.api
                    .post(
                        Api.channel(DEMO_EMAIL_CHANNEL_ID) + "/presigned-upload",
                        "{\"contentType\":\"image/png\",\"name\":\"a\"}")
                    .status(),
        "refused",
        "422",
        "ignored",
        "200");
  }

  private static JsonNode form(World w) throws Exception {
    return w.api
        .post(
            "/workspaces/" + DEMO_WORKSPACE_ID + "/channel-media/presigned-upload",
            "{\"contentType\":\"image/png\"}")
        .json();
  }

  static {
    lists();
    access();
    sends();
    lives();
    batchesAndUploads();
  }

  @TestFactory
  Stream<DynamicTest> everyValueIsSeenOverHttp() {
    return EXPECTED.entrySet().stream()
        .flatMap(
            of ->
                of.getValue().byValue().entrySet().stream()
                    .map(
                        value ->
                            DynamicTest.dynamicTest(
                                of.getKey().wireName() + "=" + value.getKey(),
                                () -> check(of.getKey(), value.getKey(), value.getValue()))));
  }

  private static void check(Switch of, String value, String sight) throws Exception {
    Expected expected = EXPECTED.get(of);
    try (World world = new World(expected.limited())) {
      ObjectNode change = Json.mapper().createObjectNode().put(of.wireName(), value);
      Reply changed =
          world.api.call(
              world
                  .api
                  .request("/control/switches")
                  .method("PATCH", HttpRequest.BodyPublishers.ofString(change.toString())));
      assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
      assertThat(expected.probe().see(world)).isEqualTo(sight);
    }
  }

  @Test
  void everySwitchAndEveryValueHasATestAndEveryAssumptionASwitch() {
    for (Switch of : Switch.values()) {
      Expected expected = EXPECTED.get(of);
      assertThat(expected).as(of.wireName()).isNotNull();
      if (of.range().isEmpty()) {
        assertThat(expected.byValue().keySet())
            .containsExactlyInAnyOrderElementsOf(
                of.choices().stream().map(Choice::wireName).toList());
      } else {
        assertThat(expected.byValue()).containsKey(of.defaultText()).hasSizeGreaterThan(1);
      }
    }
    assertThat(Stream.of(Switch.values()).map(Switch::assumption).distinct()).hasSize(39);
  }
}
