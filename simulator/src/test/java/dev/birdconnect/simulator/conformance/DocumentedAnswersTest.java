package dev.birdconnect.simulator.conformance;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_SMS_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_WORKSPACE_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.Api;
import dev.birdconnect.simulator.Api.Reply;
import dev.birdconnect.simulator.ManualClock;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.contract.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The reference's examples of answers: by the document, and no field of theirs is missing from what
 * the simulator answers in the same case.
 */
class DocumentedAnswersTest {
  /** Needs the numbering plans of all countries; no schema requires it. */
  private static final String NOT_SENT = ".receiver.contacts[].countryCode string";

  private final ManualClock clock = new ManualClock(Instant.parse("2031-03-01T13:00:02.004Z"));
  private final Simulator simulator =
      Simulator.start(SimulatorSettings.demo().withoutRateLimits().withClock(clock));
  private final Api api = new Api(simulator);
  private final JsonNode examples = examples();

  @AfterEach
  void stop() {
    simulator.close();
  }

  private static JsonNode examples() {
    try (InputStream in = DocumentedAnswersTest.class.getResourceAsStream("/examples.json")) {
      return Json.mapper().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode example(String schema) {
    JsonNode example = examples.path("answers").path(schema);
    assertThat(example.isObject()).as(schema).isTrue();
    return example;
  }

  @Test
  void everyExampleOfAnAnswerKeepsItsSchema() {
    AnswerCheck check = AnswerCheck.of(new Document());
    assertThat(examples.path("answers").size()).isEqualTo(5);
    examples
        .path("answers")
        .properties()
        .forEach(
            example ->
                assertThat(
                        check.validate(
                            "/components/schemas/" + example.getKey(), example.getValue()))
                    .as(example.getKey())
                    .isEmpty());
  }

  @Test
  void aMessageThatFailed() throws Exception {
    JsonNode example = example("Message");
    ObjectNode send = Api.text(example.path("reference").asString(), "+31609990404");
    send.set("tags", example.path("tags"));
    String id = api.send(send).json().path("id").asString();
    clock.advance(Duration.ofMinutes(1));
    JsonNode read = api.get(Api.messages() + "/" + id).json();

    Set<String> fields = fields(example);
    assertThat(fields.remove(NOT_SENT)).isTrue();
    assertThat(fields(read)).containsAll(fields);
    for (String same : List.of("status", "direction", "reference", "tags")) {
      assertThat(read.path(same)).as(same).isEqualTo(example.path(same));
    }
    assertThat(read.at("/failure/code")).isEqualTo(example.at("/failure/code"));
  }

  @Test
  void aPageOfAList() throws Exception {
    simulator.receiveInbound(DEMO_SMS_CHANNEL_ID, "+31600000001", "Yes please");
    simulator.receiveInbound(DEMO_SMS_CHANNEL_ID, "+31600000001", "No thanks");
    JsonNode page = api.get(Api.messages() + "?limit=1").json();

    assertThat(fields(page)).containsAll(fields(example("MessageList")));
    assertThat(page.at("/results/0/status"))
        .isEqualTo(example("MessageList").at("/results/0/status"));
  }

  @Test
  void theFormOfAnUpload() throws Exception {
    JsonNode example = example("PresignedUpload");
    JsonNode form =
        api.post(
                "/workspaces/" + DEMO_WORKSPACE_ID + "/channel-media/presigned-upload",
                "{\"contentType\":\"image/png\"}")
            .json();

    assertThat(fields(form)).containsAll(fields(example));
    assertThat(form.path("uploadMethod")).isEqualTo(example.path("uploadMethod"));
    assertThat(form.at("/uploadFormData/Content-Type"))
        .isEqualTo(example.at("/uploadFormData/Content-Type"));
  }

  @Test
  void theBatchIsTakenInAndAnsweredWithItsIdOnly() throws Exception {
    Reply taken =
        api.post(
            Api.channel(DEMO_SMS_CHANNEL_ID) + "/batch/messages",
            examples.path("batch").toString());

    assertThat(taken.status()).isEqualTo(202);
    assertThat(fields(taken.json())).containsExactly(".id string");
    assertThat(simulator.messages(DEMO_SMS_CHANNEL_ID))
        .extracting(
            message -> Json.mapper().readTree(message.json()).at("/body/text/text").asString())
        .containsExactly("one", "two");
  }

  @Test
  void anErrorIsTheSameToTheLetter() throws Exception {
    ObjectNode send = Api.text("a", "+31600000001");
    ((ObjectNode) send.at("/receiver/contacts/0")).put("phone", "+31600000001");
    Reply refused = api.send(send);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json()).isEqualTo(example("ValidationError"));
  }

  /** The simulator posts to nobody; the payload is the resource that its lists show. */
  @Test
  void thePayloadOfAWebhookIsTheMessage() throws Exception {
    JsonNode example = example("WebhookEvent");
    simulator.receiveInbound(DEMO_SMS_CHANNEL_ID, "+31600000001", "Yes please");
    JsonNode message = api.get(Api.messages()).json().at("/results/0");

    assertThat(fields(message)).containsAll(fields(example.path("payload")));
    ObjectNode event = ((ObjectNode) example.deepCopy()).set("payload", message);
    assertThat(AnswerCheck.of(new Document()).validate("/components/schemas/WebhookEvent", event))
        .isEmpty();
  }

  /** Path and type of every value. */
  private static Set<String> fields(JsonNode value) {
    Set<String> fields = new TreeSet<>();
    collect("", value, fields);
    return fields;
  }

  private static void collect(String path, JsonNode value, Set<String> fields) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(field -> collect(path + "." + field.getKey(), field.getValue(), fields));
    } else if (value.isArray()) {
      value.forEach(item -> collect(path + "[]", item, fields));
    } else {
      fields.add(path + " " + value.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
    }
  }
}
