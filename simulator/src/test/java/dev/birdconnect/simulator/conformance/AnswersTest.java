package dev.birdconnect.simulator.conformance;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_EMAIL_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_SMS_CHANNEL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.Api;
import dev.birdconnect.simulator.Api.Reply;
import dev.birdconnect.simulator.ManualClock;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.account.WorkspaceSettings;
import dev.birdconnect.simulator.conformance.AnswerCheck.Pair;
import dev.birdconnect.simulator.conformance.Document.Operation;
import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.switches.Choice;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every status that the OpenAPI document gives for an operation, provoked over HTTP and held
 * against its schema, and every property that the document requires in an answer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswersTest {
  private static final UUID FOREIGN = UUID.fromString("aaaaaaaa-6b1d-4c3f-9a57-2d8e1b7c5a01");

  /** Statuses that nothing can provoke, with the reason. */
  private static final Map<Pair, String> CANNOT = Map.of();

  /** Required properties that no answer shows, by the schema they are in, with the reason. */
  private static final Map<String, String> NOT_SHOWN =
      Map.of(
          "/components/schemas/Message/properties/origin",
          "the simulator's messages have no origin: nothing documents where one comes from");

  private static final Map<String, String> CODES =
      Map.of(
          "400", "BadRequest",
          "401", "Unauthorized",
          "403", "Forbidden",
          "404", "NotFound",
          "409", "Conflict",
          "413", "PayloadTooLarge",
          "422", "InvalidPayload",
          "429", "TooManyRequests",
          "500", "InternalError");

  private final ManualClock clock = new ManualClock(Instant.parse("2031-02-28T00:00:00Z"));
  private final Document document = new Document();
  private final AnswerCheck check = AnswerCheck.of(document);
  private final List<String> failures = new ArrayList<>();
  private int answers;
  private Simulator simulator;
  private Simulator limited;
  private Api api;
  private Map<String, String> ids;

  @BeforeAll
  void start() throws Exception {
    List<WorkspaceSettings> workspaces = new ArrayList<>(SimulatorSettings.demo().workspaces());
    workspaces.add(new WorkspaceSettings(FOREIGN, List.of("other-key"), List.of()));
    SimulatorSettings settings =
        SimulatorSettings.demo().withClock(clock).withWorkspaces(workspaces);
    simulator = Simulator.start(settings.withoutRateLimits());
    limited = Simulator.start(settings.withRates(Optional.of(1), Optional.of(1)));
    api = new Api(simulator);
    ids = new HashMap<>(ProvokedAnswers.ids(api));
  }

  @AfterAll
  void stop() {
    simulator.close();
    limited.close();
  }

  @Test
  void everyStatusOfEveryOperationAndEveryRequiredPropertyIsShown() throws Exception {
    for (Operation operation : document.operations()) {
      for (String status : document.answers(operation).keySet()) {
        simulator.switches().reset();
        Pair pair = new Pair(operation.id(), status);
        if (!CANNOT.containsKey(pair)) {
          provoke(pair, operation);
        }
      }
    }
    simulator.switches().reset();
    everyForm();
    assertThat(failures).isEmpty();

    Set<Pair> documented = AnswerCheck.documented(document);
    Set<Rule> required = RuleCount.requiredInAnswers(document);
    System.out.println(table(documented, required));
    Set<Pair> unseen = new TreeSet<>(documented);
    unseen.removeAll(check.pairs());
    assertThat(unseen).containsExactlyInAnyOrderElementsOf(CANNOT.keySet());
    Set<Rule> unshown = new TreeSet<>(required);
    unshown.removeAll(check.required());
    assertThat(unshown).isNotEmpty().allMatch(rule -> reason(rule).isPresent());
    assertThat(required).containsAll(check.required());
  }

  private void provoke(Pair pair, Operation operation) throws Exception {
    Reply reply = ask(pair.status(), operation);
    if (!Integer.toString(reply.status()).equals(pair.status())) {
      failures.add(pair + " was answered " + reply.status() + " " + reply.response().body());
      return;
    }
    note(pair.toString(), operation, reply);
    String code = CODES.get(pair.status());
    if (code != null && !reply.json().path("code").asString("").equals(code)) {
      failures.add(pair + " has the code " + reply.json().path("code"));
    }
  }

  private void note(String what, Operation operation, Reply reply) {
    answers++;
    check.complaints(operation, reply).forEach(text -> failures.add(what + ": " + text));
  }

  private Reply ask(String status, Operation operation) throws Exception {
    Map<String, String> at = new HashMap<>(ids);
    boolean posts = operation.method().equals("POST");
    return switch (status) {
      case "200", "202" -> call(api, operation, at, "", good(operation));
      case "400" -> {
        simulator.switches().set(Choice.FILTERS_APPLIED);
        String range = "?startAt=2031-01-01T00:00:00Z&endAt=2031-01-08T00:00:00.001Z";
        yield call(api, operation, at, posts ? "" : range, "{");
      }
      case "401" -> api.call(request(api, operation, at, "", "{}").setHeader("Authorization", "x"));
      case "403" -> {
        at.put("workspaceId", FOREIGN.toString());
        yield call(api, operation, at, "", "{}");
      }
      case "404" -> {
        at.put(lastId(operation), UUID.randomUUID().toString());
        yield call(api, operation, at, "", good(operation));
      }
      case "409" -> {
        simulator.switches().set(Choice.CONFLICT_ON_REFERENCE);
        var unused = call(api, operation, at, "", good(operation));
        yield call(api, operation, at, "", good(operation));
      }
      case "413" -> call(api, operation, at, "", "x".repeat(204_801));
      case "422" -> {
        if (operation.path().endsWith("{messageId}")) {
          at.put("messageId", "no-uuid");
        }
        yield call(api, operation, at, posts ? "" : "?limit=0", "{}");
      }
      case "429" -> exhausted(operation, at);
      case "500" -> {
        simulator.inject(FaultRule.answer(500).next(1));
        yield call(api, operation, at, "", good(operation));
      }
      default -> throw new IllegalStateException("Nobody knows how to provoke " + status);
    };
  }

  /** The id in the path whose thing can be missing. */
  private static String lastId(Operation operation) {
    return operation.parameters().stream()
        .map(parameter -> parameter.schema())
        .filter(parameter -> parameter.path("in").asString().equals("path"))
        .map(parameter -> parameter.path("name").asString())
        .filter(name -> !name.equals("contactId"))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private Reply exhausted(Operation operation, Map<String, String> at) throws Exception {
    Api there = new Api(limited);
    Reply reply = call(there, operation, at, "", "{}");
    while (reply.status() != 429) {
      reply = call(there, operation, at, "", "{}");
    }
    return reply;
  }

  private static String good(Operation operation) {
    String send = Api.text("a-reference", "ann@example.org").toString();
    return switch (operation.id()) {
      case "createChannelMessage" -> send;
      case "createChannelMessageBatch" -> "{\"messageRequests\":[" + send + "," + send + "]}";
      default -> "{\"contentType\":\"image/png\"}";
    };
  }

  private static Reply call(
      Api api, Operation operation, Map<String, String> at, String query, String body)
      throws Exception {
    return api.call(request(api, operation, at, query, body));
  }

  private static HttpRequest.Builder request(
      Api api, Operation operation, Map<String, String> at, String query, String body) {
    HttpRequest.Builder request = api.request(operation.url(at) + query);
    return operation.method().equals("GET")
        ? request.GET()
        : request.POST(HttpRequest.BodyPublishers.ofString(body));
  }

  /** Answers of all forms: what was sent, what came in, how it ended, what receivers did. */
  private void everyForm() throws Exception {
    Operation send = operation("createChannelMessage");
    for (RuleCase each : new BodyCases(document, new HashSet<>()).of(send)) {
      if (Set.of("required", "anyOf", "oneOf").contains(each.rule().kind())) {
        for (JsonNode body : each.keeping()) {
          note(each.rule().toString(), send, call(api, send, ids, "", body.toString()));
        }
      }
    }
    Operation list = operation("listWorkspaceMessages");
    for (String ending : List.of("03", "04", "05", "06", "07")) {
      ObjectNode failing = Api.text("failing", "+3160999" + "04" + ending);
      failing.putArray("tags").add("Parcel");
      var unused = api.send(failing);
    }
    simulator.receiveInbound(DEMO_SMS_CHANNEL_ID, "+31600000009", "Yes");
    Set<String> statuses = new TreeSet<>();
    for (Duration later : List.of(Duration.ZERO, Duration.ofMillis(300), Duration.ofMinutes(1))) {
      clock.advance(later);
      Reply page = call(api, list, ids, "?limit=1000", "");
      note("a list " + later + " later", list, page);
      page.json().path("results").forEach(m -> statuses.add(m.path("status").asString()));
    }
    assertThat(statuses)
        .containsExactlyInAnyOrder(
            "accepted",
            "processing",
            "sent",
            "delivered",
            "rejected",
            "sending_failed",
            "delivery_failed",
            "skipped");
    simulator.interact(DEMO_EMAIL_CHANNEL_ID, ids.getOrDefault("messageId", ""), "opened");
    Operation interactions = operation("listMessageInteractions");
    Reply opened = call(api, interactions, ids, "", "");
    assertThat(opened.json().path("results").size()).isEqualTo(1);
    note("interactions", interactions, opened);
    Operation contact = operation("getChannelContactInformation");
    note("a contact", contact, call(api, contact, ids, "?contactIdentifierValue=+316", ""));
  }

  @Test
  void mediaAreReadAsTheyWereUploaded() throws Exception {
    for (String id : List.of("readChannelMedia", "readMessageMedia")) {
      Reply media = call(api, operation(id), ids, "", "");
      assertThat(media.response().body()).isEqualTo("bytes");
      assertThat(media.header("Content-Type")).isEqualTo("image/png");
      assertThat(media.header("Content-Length")).isEqualTo("5");
    }
  }

  @Test
  void theCheckSeesWhatIsWrong() throws Exception {
    Operation send = operation("createChannelMessage");
    Reply good = call(api, send, ids, "", good(send));
    assertThat(check.complaints(send, good)).isEmpty();
    for (String name : List.of("id", "channelId", "status", "lastStatusAt", "createdAt")) {
      ObjectNode without = (ObjectNode) good.json().deepCopy();
      without.remove(name);
      assertThat(check.complaints(send, new Reply(202, without, good.response()))).hasSize(1);
    }
    ObjectNode more = ((ObjectNode) good.json().deepCopy()).put("surprise", 1);
    assertThat(check.complaints(send, new Reply(202, more, good.response())))
        .containsExactly("the field surprise is not documented");
    ObjectNode other = ((ObjectNode) good.json().deepCopy()).put("status", "lost");
    assertThat(check.complaints(send, new Reply(202, other, good.response()))).hasSize(1);
    assertThat(check.complaints(send, new Reply(200, good.json(), good.response())))
        .containsExactly("the status 200 is not documented");
    assertThat(
            check.complaints(
                send, new Reply(404, Json.mapper().createObjectNode(), good.response())))
        .hasSize(2);
  }

  private Operation operation(String id) {
    return document.operations().stream().filter(o -> o.id().equals(id)).findFirst().orElseThrow();
  }

  private static Optional<String> reason(Rule rule) {
    return NOT_SHOWN.entrySet().stream()
        .filter(entry -> rule.place().startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private String table(Set<Pair> documented, Set<Rule> required) {
    Map<String, int[]> byStatus = new TreeMap<>();
    for (Pair pair : documented) {
      int[] counts = byStatus.computeIfAbsent(pair.status(), status -> new int[2]);
      counts[0]++;
      counts[1] += check.pairs().contains(pair) ? 1 : 0;
    }
    StringBuilder text =
        new StringBuilder(
            String.format("%nAnswers of channels-openapi.yaml, shown by %d answers%n", answers));
    text.append(String.format("%-26s %10s %8s%n", "status", "operations", "covered"));
    byStatus.forEach(
        (status, counts) ->
            text.append(String.format("%-26s %10d %8d%n", status, counts[0], counts[1])));
    text.append(
        String.format(
            "%-26s %10d %8d%n",
            "operations with a status", documented.size(), check.pairs().size()));
    CANNOT.forEach((pair, why) -> text.append("  ").append(pair).append(": ").append(why));
    text.append(
        String.format(
            "%-26s %10d %8d%n", "required properties", required.size(), check.required().size()));
    required.stream()
        .filter(rule -> !check.required().contains(rule))
        .forEach(
            rule ->
                text.append("  ")
                    .append(rule)
                    .append(": ")
                    .append(reason(rule).orElse("?"))
                    .append('\n'));
    return text.toString();
  }
}
