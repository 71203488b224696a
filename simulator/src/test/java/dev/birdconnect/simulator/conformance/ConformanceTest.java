package dev.birdconnect.simulator.conformance;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_EMAIL_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_WORKSPACE_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.Api;
import dev.birdconnect.simulator.Api.Reply;
import dev.birdconnect.simulator.ManualClock;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.conformance.Document.Operation;
import dev.birdconnect.simulator.conformance.Document.Place;
import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.switches.Choice;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every rule that the OpenAPI document has for requests, kept and broken over HTTP. The cases are
 * made from the document while the test runs; a rule without one has to be among the exceptions.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceTest {

  /** Rules that no request can show, with the reason. The test fails when one of them can. */
  private final Map<Rule, String> exceptions = Exceptions.all(new Document());

  private final Document document = new Document();
  private final AnswerCheck answers = AnswerCheck.of(document);
  private final Set<Rule> covered = new TreeSet<>();
  private final List<String> failures = new ArrayList<>();
  private int requests;
  private Simulator simulator;
  private Api api;
  private Map<String, String> ids;

  @BeforeAll
  void start() throws Exception {
    ManualClock clock = new ManualClock(Instant.parse("2031-02-28T00:00:00Z"));
    simulator =
        Simulator.start(
            SimulatorSettings.demo()
                .withoutRateLimits()
                .withClock(clock)
                .with(Choice.FILTERS_APPLIED)
                .with(Choice.BATCH_FILTER_APPLIED));
    api = new Api(simulator);
    ids = new HashMap<>(ProvokedAnswers.ids(api));
  }

  @AfterAll
  void stop() {
    simulator.close();
  }

  @Test
  void everyRuleOfTheDocumentIsKeptAndBroken() throws Exception {
    Set<String> ofSend = new HashSet<>();
    for (Operation operation : document.operations()) {
      if (operation.node().has("requestBody")) {
        Set<String> seen =
            operation.id().startsWith("createChannelMessage") ? ofSend : new HashSet<>();
        for (RuleCase each : new BodyCases(document, seen).of(operation)) {
          tryBody(operation, each);
        }
        tryWithoutBody(operation);
      }
      for (Place parameter : operation.parameters()) {
        tryParameter(operation, parameter);
      }
    }
    assertThat(failures).isEmpty();

    Set<Rule> all = RuleCount.of(document);
    System.out.println(table(all));
    Set<Rule> uncovered = new TreeSet<>(all);
    uncovered.removeAll(covered);
    assertThat(uncovered).containsExactlyElementsOf(new TreeSet<>(exceptions.keySet()));
    assertThat(all).containsAll(covered);
  }

  private void tryBody(Operation operation, RuleCase each) throws Exception {
    if (exceptions.containsKey(each.rule())) {
      return;
    }
    int before = failures.size();
    for (JsonNode request : each.keeping()) {
      Reply reply = post(operation, request.toString());
      if (reply.status() / 100 != 2) {
        failures.add(each.rule() + " kept by " + request + " but: " + reply.response().body());
      }
    }
    for (JsonNode request : each.breaking()) {
      expect(each, request.toString(), post(operation, request.toString()));
    }
    if (failures.size() == before) {
      covered.add(each.rule());
    }
  }

  private void tryWithoutBody(Operation operation) throws Exception {
    Rule rule = Rule.of("required", Document.bodyPointer(operation));
    Reply reply = post(operation, "");
    if (reply.status() == 400 && reply.json().path("code").asString().equals("BadRequest")) {
      covered.add(rule);
    } else {
      failures.add(rule + ": " + reply.status());
    }
  }

  private void tryParameter(Operation operation, Place parameter) throws Exception {
    String name = parameter.schema().path("name").asString();
    Place place = document.followed(parameter.at("/schema"));
    for (ParameterCases.Case each : ParameterCases.of(place)) {
      if (exceptions.containsKey(each.rule())) {
        continue;
      }
      Reply kept = ask(operation, parameter, each.keeping());
      if (kept.status() == 422) {
        failures.add(each.rule() + " kept by " + name + "=" + each.keeping() + ": " + kept.json());
      }
      RuleCase broken =
          new RuleCase(each.rule(), List.of(), List.of(), "." + name, each.complaint());
      Reply reply = ask(operation, parameter, each.breaking());
      if (expect(broken, operation.id() + " " + name + "=" + each.breaking(), reply)) {
        covered.add(each.rule());
      }
    }
  }

  private boolean expect(RuleCase each, String request, Reply reply) {
    String path = each.path().isEmpty() ? "." : each.path();
    boolean complained = false;
    for (JsonNode text : reply.json().path("details").path(path)) {
      complained |= text.asString().startsWith(each.complaint());
    }
    if (reply.status() == 422
        && reply.json().path("code").asString().equals("InvalidPayload")
        && complained) {
      return true;
    }
    failures.add(
        each.rule()
            + " broken by "
            + request
            + ", expected at "
            + path
            + " <"
            + each.complaint()
            + "> but: "
            + reply.status()
            + " "
            + reply.response().body());
    return false;
  }

  private Reply post(Operation operation, String body) throws Exception {
    return noted(operation, api.post(operation.url(ids), body));
  }

  /** Whatever is answered has to be as documented. */
  private Reply noted(Operation operation, Reply reply) {
    requests++;
    answers
        .complaints(operation, reply)
        .forEach(text -> failures.add(operation.id() + " " + reply.status() + ": " + text));
    return reply;
  }

  private Reply ask(Operation operation, Place parameter, String value) throws Exception {
    String name = parameter.schema().path("name").asString();
    String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
    Map<String, String> values = new HashMap<>(ids);
    String query = "";
    if (parameter.schema().path("in").asString().equals("path")) {
      if (!name.equals("workspaceId") || !value.equals(DEMO_WORKSPACE_ID)) {
        values.put(name, encoded);
      }
    } else {
      query = "?" + name + "=" + encoded;
    }
    String url = operation.url(values) + query;
    return noted(operation, operation.method().equals("GET") ? api.get(url) : api.post(url, "{}"));
  }

  private String table(Set<Rule> all) {
    Map<String, int[]> byKind = new TreeMap<>();
    for (Rule rule : all) {
      int[] counts = byKind.computeIfAbsent(rule.kind(), kind -> new int[3]);
      counts[0]++;
      counts[1] += covered.contains(rule) ? 1 : 0;
      counts[2] += exceptions.containsKey(rule) ? 1 : 0;
    }
    StringBuilder text =
        new StringBuilder(
            String.format(
                "%nRules of channels-openapi.yaml for requests, shown by %d requests%n", requests));
    text.append(String.format("%-16s %6s %8s %11s%n", "rule", "rules", "covered", "exceptions"));
    int[] sum = new int[3];
    byKind.forEach(
        (kind, counts) -> {
          for (int i = 0; i < 3; i++) {
            sum[i] += counts[i];
          }
          text.append(String.format("%-16s %6d %8d %11d%n", kind, counts[0], counts[1], counts[2]));
        });
    text.append(String.format("%-16s %6d %8d %11d%n", "all", sum[0], sum[1], sum[2]));
    new TreeMap<>(exceptions)
        .forEach(
            (rule, reason) ->
                text.append("  ").append(rule).append(": ").append(reason).append('\n'));
    return text.toString();
  }

  @Test
  void whatIsWrongInABatchIsRejectedLater() throws Exception {
    List<JsonNode> wrong = new ArrayList<>();
    for (RuleCase each :
        new BodyCases(document, new HashSet<>()).of(operation("createChannelMessage"))) {
      if (!exceptions.containsKey(each.rule())) {
        wrong.addAll(each.breaking());
      }
    }
    int from = 0;
    while (from < wrong.size()) {
      ObjectNode batch = Json.mapper().createObjectNode();
      List<JsonNode> part = wrong.subList(from, Math.min(wrong.size(), from + 100));
      part.forEach(batch.putArray("messageRequests")::add);
      Reply taken = post(operation("createChannelMessageBatch"), batch.toString());
      assertThat(taken.status()).isEqualTo(202);
      simulator.switches().set(Choice.BATCH_FILTER_APPLIED);
      JsonNode made =
          api.get(
                  Api.channel(DEMO_EMAIL_CHANNEL_ID)
                      + "/messages?limit=1000&batchId="
                      + taken.json().path("id").asString())
              .json()
              .path("results");
      assertThat(made.size()).isEqualTo(part.size());
      from += 100;
    }
    ((ManualClock) simulator.settings().clock()).advance(java.time.Duration.ofSeconds(10));
    assertThat(wrong).hasSizeGreaterThan(300);
    assertThat(
            simulator.messages(DEMO_EMAIL_CHANNEL_ID).stream()
                .filter(message -> message.status().equals("rejected"))
                .filter(message -> message.json().contains("\"code\":11002")))
        .hasSize(wrong.size());
  }

  private Operation operation(String id) {
    return document.operations().stream().filter(o -> o.id().equals(id)).findFirst().orElseThrow();
  }
}
