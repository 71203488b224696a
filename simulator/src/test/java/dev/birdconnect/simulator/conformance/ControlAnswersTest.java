package dev.birdconnect.simulator.conformance;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_EMAIL_CHANNEL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.Api;
import dev.birdconnect.simulator.Api.Reply;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.conformance.AnswerCheck.Pair;
import dev.birdconnect.simulator.conformance.Document.Operation;
import dev.birdconnect.simulator.fault.FaultRule;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every status that the document of the control calls gives is answered as it says. */
class ControlAnswersTest {
  private static final Map<String, String> GOOD =
      Map.of(
          "changeSwitches", "{\"times\":\"nine-decimals\"}",
          "replaceSwitches", "{\"read-delay\":\"PT2S\"}",
          "addFault", "{\"kind\":\"latency\",\"millis\":0}",
          "receiveInbound", "{\"from\":\"+31600000002\",\"text\":\"Yes\"}",
          "makeHistory", "{\"messages\":5,\"open\":1}",
          "startInbound", "{\"perSecond\":0.001}",
          "setProfile", "{\"receipts\":true}",
          "interact", "{\"type\":\"opened\"}");

  /** A field that no body has and no switch is called. */
  private static final String BAD = "{\"surprise\":\"x\"}";

  private final Document document = Document.ofControl();
  private final AnswerCheck check = AnswerCheck.strict(document);
  private final Simulator simulator = Simulator.start(SimulatorSettings.demo().withoutRateLimits());
  private final Api api = new Api(simulator);

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void everyStatusAndEveryRequiredPropertyIsShown() throws Exception {
    var unused = api.send(Api.text("a", "+31600000001"));
    List<String> failures = new ArrayList<>();
    for (Operation operation : document.operations()) {
      for (String status : document.answers(operation).keySet()) {
        Reply reply = ask(operation, status, ids());
        if (!Integer.toString(reply.status()).equals(status)) {
          failures.add(operation.id() + " " + status + " but " + reply.status());
        }
        check
            .complaints(operation, reply)
            .forEach(text -> failures.add(operation.id() + " " + status + ": " + text));
      }
    }
    assertThat(failures).isEmpty();
    assertThat(check.pairs())
        .containsExactlyElementsOf(AnswerCheck.documented(document))
        .hasSizeGreaterThan(40)
        .contains(new Pair("addFault", "422"));
    assertThat(RuleCount.requiredInAnswers(document))
        .filteredOn(rule -> !rule.place().startsWith("/x-channels/"))
        .allMatch(check.required()::contains);
  }

  /** Things that are there, made anew since some calls end them. */
  private Map<String, String> ids() {
    Map<String, String> ids = new HashMap<>();
    ids.put("channelId", DEMO_EMAIL_CHANNEL_ID);
    ids.put(
        "messageId", simulator.receiveInbound(DEMO_EMAIL_CHANNEL_ID, "a@example.org", "x").id());
    ids.put("faultId", simulator.inject(FaultRule.answer(503).onReference("none")));
    return ids;
  }

  private Reply ask(Operation operation, String status, Map<String, String> ids) throws Exception {
    Map<String, String> at = new HashMap<>(ids);
    String body = GOOD.getOrDefault(operation.id(), "");
    String query = "";
    switch (status) {
      case "400" -> body = "{";
      case "404" -> at.replaceAll((name, id) -> UUID.randomUUID().toString());
      case "422" -> {
        at.put("channelId", "no-uuid");
        query = "?limit=0";
        body = body.isEmpty() ? body : BAD;
      }
      default -> {
        if (operation.id().equals("stopInbound")) {
          var unused = call("POST", operation.url(at), GOOD.getOrDefault("startInbound", ""));
        }
      }
    }
    return call(operation.method(), operation.url(at) + query, body);
  }

  private Reply call(String method, String path, String body) throws Exception {
    return api.call(api.request(path).method(method, HttpRequest.BodyPublishers.ofString(body)));
  }
}
