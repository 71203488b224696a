package dev.birdconnect.simulator;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_ACCESS_KEY;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_WORKSPACE_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.Api.Reply;
import dev.birdconnect.simulator.account.WorkspaceSettings;
import dev.birdconnect.simulator.contract.Contract;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorsTest {
  private static final UUID FOREIGN = UUID.fromString("aaaaaaaa-6b1d-4c3f-9a57-2d8e1b7c5a01");
  private static final String RECEIVER =
      "\"receiver\":{\"contacts\":[{\"identifierValue\":\"+1\"}]}";
  private static final String BODY = "\"body\":{\"type\":\"text\",\"text\":{\"text\":\"x\"}}";

  private Simulator simulator;
  private Api api;

  @BeforeAll
  void start() {
    List<WorkspaceSettings> workspaces = new ArrayList<>(SimulatorSettings.demo().workspaces());
    workspaces.add(new WorkspaceSettings(FOREIGN, List.of("other-key"), List.of()));
    simulator =
        Simulator.start(SimulatorSettings.demo().withoutRateLimits().withWorkspaces(workspaces));
    api = new Api(simulator);
  }

  @AfterAll
  void stop() {
    simulator.close();
  }

  @Test
  void aMissingOrWrongKeyIs401() throws Exception {
    for (String header : List.of("AccessKey nobody", "Bearer " + DEMO_ACCESS_KEY, "AccessKey")) {
      Reply reply = api.call(api.request(Api.messages()).setHeader("Authorization", header).GET());
      assertThat(reply.status()).isEqualTo(401);
      assertShape(reply, "Unauthorized");
    }
    Reply anyCase =
        api.call(
            api.request(Api.messages())
                .setHeader("Authorization", "accesskey " + DEMO_ACCESS_KEY)
                .GET());
    assertThat(anyCase.status()).isEqualTo(200);
  }

  @Test
  void aKeyOfAnotherWorkspaceIs403() throws Exception {
    Reply reply = api.get("/workspaces/" + FOREIGN + "/channels");
    assertThat(reply.status()).isEqualTo(403);
    assertShape(reply, "Forbidden");
  }

  @Test
  void aBodyOverTheLimitIs413BeforeItIsRead() throws Exception {
    String body = "{" + "x".repeat(204_800);
    Reply reply = api.post(Api.messages(), body);
    assertThat(reply.status()).isEqualTo(413);
    assertShape(reply, "PayloadTooLarge");
    String largest = "{" + "x".repeat(204_799);
    assertThat(api.post(Api.messages(), largest).status()).isEqualTo(400);
  }

  @Test
  void aChunkedBodyOverTheLimitIs413() throws Exception {
    byte[] body = ("{" + "x".repeat(204_800)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Reply reply =
        api.call(
            api.request(Api.messages())
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(body))));
    assertThat(reply.status()).isEqualTo(413);
  }

  @Test
  void whatIsNotJsonIs400() throws Exception {
    for (String body : List.of("{", "", "{} {}", "not json")) {
      Reply reply = api.post(Api.messages(), body);
      assertThat(reply.status()).isEqualTo(400);
      assertShape(reply, "BadRequest");
    }
    Reply text =
        api.call(
            api.request(Api.messages())
                .setHeader("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(text.status()).isEqualTo(400);
  }

  @Test
  void anIdThatIsNoUuidIs422() throws Exception {
    Reply reply = api.get("/workspaces/" + DEMO_WORKSPACE_ID + "/channels/abc");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(details(reply)).containsOnlyKeys(".channelId");
  }

  @Test
  void parametersOutOfRangeAre422() throws Exception {
    for (String query :
        List.of("limit=0", "limit=1001", "limit=ten", "reverse=yes", "pageToken=%21")) {
      Reply reply = api.get(Api.messages() + "?" + query);
      assertThat(reply.status()).as(query).isEqualTo(422);
      assertShape(reply, "InvalidPayload");
      assertThat(details(reply)).containsOnlyKeys("." + query.substring(0, query.indexOf('=')));
    }
    assertThat(api.get(Api.messages() + "?limit=1000&unknown=1&startAt=never").status())
        .isEqualTo(200);
  }

  @Test
  void complaintsNameTheFieldAndTheTrouble() throws Exception {
    complaint(
        "{\"receiver\":{\"contacts\":[{\"phone\":\"+1\"}]}," + BODY + "}",
        ".receiver.contacts[0]",
        "property \"phone\" is unsupported");
    complaint(
        "{" + RECEIVER + "," + BODY + ",\"idempotencyKey\":\"1\"}",
        ".",
        "property \"idempotencyKey\" is unsupported");
    complaint("{" + BODY + "}", ".receiver", "property \"receiver\" is missing");
    complaint(
        "{\"receiver\":{\"contacts\":{}}," + BODY + "}",
        ".receiver.contacts",
        "value must be an array");
    complaint(
        "{\"receiver\":{\"contacts\":[]}," + BODY + "}",
        ".receiver.contacts",
        "minimum number of items is 1");
    complaint("{\"receiver\":{}," + BODY + "}", ".receiver", "property \"contacts\" is missing");
    complaint(
        "{" + RECEIVER + ",\"body\":{\"type\":\"text\",\"text\":{\"text\":\"\"}}}",
        ".body.text.text",
        "minimum string length is 1");
    complaint(
        "{" + RECEIVER + ",\"body\":{\"type\":\"text\",\"image\":{}}}",
        ".body",
        "property \"image\" is unsupported");
    complaint(
        "{" + RECEIVER + ",\"body\":{\"type\":\"smoke\"}}",
        ".body.type",
        "Invalid value: \"smoke\", expected one of: text, html, image, file, gif, location,"
            + " carousel, list, section, authentication, template, action");
    complaint(
        "{" + RECEIVER + ",\"body\":{\"text\":{\"text\":\"x\"}}}",
        ".body.type",
        "property \"type\" is missing");
    complaint(
        "{" + RECEIVER + ",\"body\":{\"type\":\"template\"}}",
        ".body.type",
        "no schema for the value of the property \"type\"");
    complaint(
        "{"
            + RECEIVER
            + ",\"template\":{\"parameters\":[{\"type\":\"string\",\"key\":\"k\",\"value\":1}]}}",
        ".template.parameters[0].value",
        "value must be a string");
    complaint(
        "{"
            + RECEIVER
            + ",\"body\":{\"type\":\"section\",\"section\":{\"items\":[{\"type\":\"gif\",\"gif\":{}}]}}}",
        ".body.section.items[0].gif.mediaUrl",
        "property \"mediaUrl\" is missing");
    complaint(
        "{" + RECEIVER + "," + BODY + ",\"scheduledFor\":\"tomorrow\"}",
        ".scheduledFor",
        "string doesn't match the format \"date-time\"");
  }

  @Test
  void onlyTheNamedFormIsComplainedAbout() throws Exception {
    Reply reply =
        api.post(
            Api.messages(),
            "{"
                + RECEIVER
                + ",\"template\":{\"parameters\":[{\"type\":\"string\",\"key\":\"k\",\"value\":1},"
                + "{\"type\":\"colour\",\"key\":\"k\"}]}}");
    assertThat(details(reply))
        .containsOnlyKeys(".template.parameters[0].value", ".template.parameters[1].type");
    assertThat(details(reply).get(".template.parameters[1].type"))
        .first()
        .asString()
        .contains("string", "whatsappProductItems");
  }

  @Test
  void aSendNeedsExactlyOneOfBodyAndTemplate() throws Exception {
    assertThat(details(api.post(Api.messages(), "{" + RECEIVER + "}")))
        .containsOnlyKeys(".body", ".template");
    assertThat(details(api.post(Api.messages(), "{" + RECEIVER + ",\"body\":null}")))
        .containsKey(".body");
    assertThat(details(api.post(Api.messages(), "{" + RECEIVER + "," + BODY + ",\"template\":{}}")))
        .containsOnlyKeys(".template");
    assertThat(
            api.post(Api.messages(), "{" + RECEIVER + "," + BODY + ",\"template\":null}").status())
        .isEqualTo(202);
  }

  @Test
  void severalContactsGoByEmailOnly() throws Exception {
    String two =
        "{\"receiver\":{\"contacts\":[{\"identifierValue\":\"a@example.org\"},{\"identifierValue\":\"b@example.org\"}]},"
            + BODY
            + "}";
    assertThat(details(api.post(Api.messages(), two))).containsOnlyKeys(".receiver.contacts");
    assertThat(
            api.post(Api.channel(SimulatorSettings.DEMO_EMAIL_CHANNEL_ID) + "/messages", two)
                .status())
        .isEqualTo(202);
  }

  @Test
  void aScheduleIsAtMost35DaysAhead() throws Exception {
    ManualClock clock = new ManualClock(java.time.Instant.parse("2031-03-01T00:00:00Z"));
    try (Simulator fixed =
        Simulator.start(SimulatorSettings.demo().withoutRateLimits().withClock(clock))) {
      Api there = new Api(fixed);
      String atLimit = "{" + RECEIVER + "," + BODY + ",\"scheduledFor\":\"2031-04-05T00:00:00Z\"}";
      String beyond =
          "{" + RECEIVER + "," + BODY + ",\"scheduledFor\":\"2031-04-05T00:00:00.001Z\"}";
      assertThat(there.post(Api.messages(), atLimit).status()).isEqualTo(202);
      Reply refused = there.post(Api.messages(), beyond);
      assertThat(refused.status()).isEqualTo(422);
      assertThat(details(refused)).containsOnlyKeys(".scheduledFor");
    }
  }

  @Test
  void checksComeInTheirOrder() throws Exception {
    String huge = "x".repeat(204_801);
    Reply noKey =
        api.call(
            api.request(Api.messages())
                .setHeader("Authorization", "AccessKey no")
                .POST(HttpRequest.BodyPublishers.ofString(huge)));
    assertThat(noKey.status()).isEqualTo(401);
    assertThat(api.post("/workspaces/" + FOREIGN + "/channels/x/messages", huge).status())
        .isEqualTo(413);
    assertThat(api.post("/workspaces/" + FOREIGN + "/channels/x/messages", "{").status())
        .isEqualTo(403);
    assertThat(api.post("/workspaces/" + DEMO_WORKSPACE_ID + "/channels/x/messages", "{").status())
        .isEqualTo(422);
    assertThat(api.post(Api.channel(UUID.randomUUID().toString()) + "/messages", "{").status())
        .isEqualTo(400);
    assertThat(api.post(Api.channel(UUID.randomUUID().toString()) + "/messages", "{}").status())
        .isEqualTo(404);
  }

  @Test
  void aboveTheRateThereIs429AndNothingIsMade() throws Exception {
    try (Simulator limited =
        Simulator.start(SimulatorSettings.demo().withRates(Optional.of(1), Optional.of(1)))) {
      Api there = new Api(limited);
      int refused = 0;
      for (int i = 0; i < 20; i++) {
        Reply reply = there.send(Api.text("m" + i, "+31600000001"));
        if (reply.status() == 429) {
          refused++;
          assertShape(reply, "TooManyRequests");
          assertThat(reply.response().headers().firstValue("Retry-After")).isEmpty();
        }
      }
      assertThat(refused).isPositive();
      assertThat(limited.size()).isEqualTo(20 - refused);
      assertThat(limited.traffic().total("POST", 429)).isEqualTo(refused);
    }
  }

  private void complaint(String body, String path, String text) throws Exception {
    Reply reply = api.post(Api.messages(), body);
    assertThat(reply.status()).as(body).isEqualTo(422);
    assertShape(reply, "InvalidPayload");
    assertThat(details(reply)).as(body).containsKey(path);
    assertThat(details(reply).get(path)).as(body).contains(text);
  }

  private static Map<String, List<String>> details(Reply reply) {
    assertThat(reply.status()).isEqualTo(422);
    Map<String, List<String>> details = new TreeMap<>();
    reply
        .json()
        .path("details")
        .properties()
        .forEach(
            entry -> {
              List<String> texts = new ArrayList<>();
              entry.getValue().forEach((JsonNode text) -> texts.add(text.asString()));
              details.put(entry.getKey(), texts);
            });
    return details;
  }

  private static void assertShape(Reply reply, String code) {
    assertThat(reply.header("Content-Type")).startsWith("application/json");
    assertThat(Contract.channelsApi().check("ValidationError", reply.json()).byPath()).isEmpty();
    assertThat(reply.json().path("code").asString()).isEqualTo(code);
  }
}
