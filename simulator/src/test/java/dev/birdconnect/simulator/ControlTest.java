package dev.birdconnect.simulator;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_SMS_CHANNEL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.Api.Reply;
import dev.birdconnect.simulator.contract.Contract;
import java.net.http.HttpRequest;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ControlTest {
  private final Simulator simulator = Simulator.start(SimulatorSettings.demo().withoutRateLimits());
  private final Api api = new Api(simulator);
  private final Contract control = Contract.controlApi();

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void contactsSendTextsAndAnyOtherBody() throws Exception {
    String path = "/control/channels/" + DEMO_SMS_CHANNEL_ID + "/inbound";
    Reply text = api.post(path, "{\"from\":\"+31600000002\",\"text\":\"Yes\"}");
    assertThat(text.status()).isEqualTo(201);
    assertThat(text.json().path("direction").asString()).isEqualTo("incoming");
    Reply image =
        api.post(
            path,
            "{\"from\":\"+31600000002\",\"body\":{\"type\":\"image\",\"image\":{\"images\":"
                + "[{\"mediaUrl\":\"https://media.example.org/a.png\"}]}}}");
    assertThat(image.status()).isEqualTo(201);
    assertThat(simulator.messages(DEMO_SMS_CHANNEL_ID)).hasSize(2);

    assertThat(api.post(path, "{\"text\":\"Yes\"}").status()).isEqualTo(422);
    assertThat(api.post(path, "{\"from\":\"+31600000002\"}").status()).isEqualTo(422);
    assertThat(api.post(path, "{\"from\":\"a\",\"body\":{\"type\":\"smoke\"}}").status())
        .isEqualTo(422);
    assertThat(api.post(path, "{").status()).isEqualTo(400);
    assertThat(
            api.post(
                    "/control/channels/" + UUID.randomUUID() + "/inbound",
                    "{\"from\":\"a\",\"text\":\"b\"}")
                .status())
        .isEqualTo(404);
  }

  @Test
  void statsCountWhatWasAskedAndMade() throws Exception {
    api.send(Api.text("a", "+31600000001"));
    api.send(Api.text("a", "+31600000002"));
    api.send(Api.text("b", "+31600000001"));
    api.get(Api.messages());

    JsonNode stats = api.get("/control/stats").json();
    assertThat(control.check("Stats", stats).byPath()).isEmpty();
    assertThat(stats.path("messages").asInt()).isEqualTo(3);
    assertThat(stats.path("inFlightMaximum").asInt()).isEqualTo(1);
    assertThat(stats.path("inFlight").asInt()).isZero();
    long posts = 0;
    for (JsonNode count : stats.path("requests")) {
      posts += count.path("method").asString().equals("POST") ? count.path("requests").asInt() : 0;
    }
    assertThat(posts).isEqualTo(3);
    JsonNode references = api.get("/control/stats/references").json();
    assertThat(references.path("a").asInt()).isEqualTo(2);
    JsonNode receivers = api.get("/control/stats/receivers").json();
    assertThat(receivers.path("+31600000001"))
        .extracting(JsonNode::asString)
        .containsExactly("a", "b");
  }

  @Test
  void theLatestMessagesAndTheWorkspacesAreShownWithoutKeys() throws Exception {
    for (int i = 0; i < 5; i++) {
      api.send(Api.text("m" + i, "+31600000001"));
    }
    JsonNode latest = api.get("/control/messages?limit=2").json();
    assertThat(latest.path("total").asInt()).isEqualTo(5);
    assertThat(latest.path("results").size()).isEqualTo(2);
    assertThat(latest.at("/results/0/reference").asString()).isEqualTo("m4");
    assertThat(api.get("/control/messages?limit=0").status()).isEqualTo(422);

    Reply workspaces = api.get("/control/workspaces");
    assertThat(workspaces.json().at("/workspaces/0/channels").size()).isEqualTo(3);
    assertThat(workspaces.response().body()).doesNotContain(SimulatorSettings.DEMO_ACCESS_KEY);
  }

  @Test
  void theInboxPageAndBothDocumentsAreServed() throws Exception {
    assertThat(api.get("/").response().body()).contains("<!doctype html>");
    assertThat(api.get("/control/channels-openapi.yaml").response().body()).startsWith("openapi:");
    assertThat(api.get("/control/control-openapi.yaml").response().body()).startsWith("openapi:");
  }

  @Test
  void whatTheDocumentForbidsIsNamed() throws Exception {
    String channel = "/control/channels/" + DEMO_SMS_CHANNEL_ID;
    assertThat(complaint(api.post(channel + "/history", "{}"))).contains("messages");
    assertThat(complaint(api.post(channel + "/history", "{\"messages\":0}"))).contains(".messages");
    assertThat(complaint(api.post(channel + "/history", "{\"messages\":5,\"open\":6}")))
        .contains("must not be more");
    assertThat(
            complaint(
                api.post(channel + "/history", "{\"messages\":5,\"to\":\"2999-01-01T00:00:00Z\"}")))
        .contains("must not end after");
    assertThat(complaint(api.post(channel + "/history", "{\"messages\":5,\"profile\":{\"a\":1}}")))
        .contains(".profile");
    assertThat(complaint(api.post(channel + "/inbound/flow", "{\"perSecond\":\"ten\"}")))
        .contains(".perSecond");
    assertThat(complaint(put(channel + "/profile", "{\"rejectedShare\":2}")))
        .contains(".rejectedShare");
    assertThat(
            complaint(
                put(channel + "/profile", "{\"rejectedShare\":0.6,\"deliveryFailedShare\":0.6}")))
        .contains("sum of all failure shares");
    assertThat(
            complaint(api.post(channel + "/messages/" + UUID.randomUUID() + "/interactions", "{}")))
        .contains("type");
    assertThat(complaint(api.post("/control/faults", "{\"kind\":\"reset\",\"count\":0}")))
        .contains(".count");
    assertThat(api.post("/control/channels/x/history", "{\"messages\":5}").status()).isEqualTo(422);
    assertThat(api.delete(channel + "/inbound/flow").status()).isEqualTo(404);
  }

  @Test
  void aProfileChangesMessagesMadeFromThenOn() throws Exception {
    String id = api.send(Api.text("a", "+31600000001")).json().path("id").asString();
    String channel = "/control/channels/" + DEMO_SMS_CHANNEL_ID;
    String profile =
        "{\"processingAfterMillis\":0,\"sentAfterMillis\":0,\"deliveredAfterMillis\":0,"
            + "\"rejectedShare\":1}";
    assertThat(put(channel + "/profile", profile).status()).isEqualTo(200);

    assertThat(api.send(Api.text("b", "+31600000001")).json().path("status").asString())
        .isEqualTo("rejected");
    assertThat(api.get(Api.messages() + "/" + id).json().path("status").asString())
        .isNotEqualTo("rejected");
  }

  @Test
  void interactionsAreMadeOneByOne() throws Exception {
    String id = api.send(Api.text("a", "+31600000001")).json().path("id").asString();
    String path = "/control/channels/" + DEMO_SMS_CHANNEL_ID + "/messages/" + id + "/interactions";
    Reply made =
        api.post(path, "{\"type\":\"clicked\",\"metadata\":{\"link\":{\"name\":\"more\"}}}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(Contract.channelsApi().check("Interaction", made.json()).byPath()).isEmpty();
    assertThat(made.json().path("messageId").asString()).isEqualTo(id);
    assertThat(made.json().at("/metadata/link/name").asString()).isEqualTo("more");
  }

  @Test
  void countsBeginAnew() throws Exception {
    api.send(Api.text("a", "+31600000001"));
    assertThat(api.delete("/control/stats").status()).isEqualTo(200);
    api.send(Api.text("b", "+31600000001"));
    api.send(Api.text("c", "+31600000001"));

    JsonNode stats = api.get("/control/stats").json();
    assertThat(stats.at("/mostInOneSecond/POST").asInt()).isBetween(1, 2);
    assertThat(stats.path("messages").asInt()).isEqualTo(3);
    long arrived = 0;
    for (JsonNode count : stats.path("arrivals")) {
      arrived += count.path("requests").asInt();
    }
    assertThat(arrived).isEqualTo(2);
    assertThat(api.get("/control/stats/references").json().toString())
        .isEqualTo("{\"b\":1,\"c\":1}");
  }

  private Reply put(String path, String body) throws Exception {
    return api.call(api.request(path).PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static String complaint(Reply reply) {
    assertThat(reply.status()).isEqualTo(422);
    return reply.json().path("details").toString();
  }
}
