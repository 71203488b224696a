package dev.birdconnect.simulator;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_EMAIL_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_SMS_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_WORKSPACE_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.simulator.Api.Reply;
import dev.birdconnect.simulator.account.ChannelSettings;
import dev.birdconnect.simulator.contract.Contract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OperationsTest {
  private static final Instant START = Instant.parse("2031-03-01T13:00:02.004Z");

  private final ManualClock clock = new ManualClock(START);
  private final Simulator simulator =
      Simulator.start(SimulatorSettings.demo().withoutRateLimits().withClock(clock));
  private final Api api = new Api(simulator);
  private final Contract contract = Contract.channelsApi();

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void aSendIsTakenInAndShownAsTheDocumentSays() throws Exception {
    Reply made = api.send(Api.text("order-1", "+31600000001"));

    assertThat(made.status()).isEqualTo(202);
    assertThat(contract.check("Message", made.json()).byPath()).isEmpty();
    assertThat(made.json().path("status").asString()).isEqualTo("accepted");
    assertThat(made.json().path("createdAt").asString()).isEqualTo("2031-03-01T13:00:02.004Z");
    assertThat(made.json().path("lastStatusAt").asString()).isEqualTo("2031-03-01T13:00:02.004Z");
    assertThat(made.json().path("reason").asString("none")).isEmpty();
    assertThat(made.json().at("/receiver/contacts/0/identifierKey").asString())
        .isEqualTo("phonenumber");
    Reply read = api.get(Api.messages() + "/" + made.json().path("id").asString());
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.json()).isEqualTo(made.json());
  }

  @Test
  void theDateHeaderIsTheSimulatorsClock() throws Exception {
    assertThat(api.get(Api.messages()).header("Date")).isEqualTo("Sat, 01 Mar 2031 13:00:02 GMT");
    assertThat(api.get("/nowhere").header("Date")).isEqualTo("Sat, 01 Mar 2031 13:00:02 GMT");
  }

  @Test
  void statusesMoveWithTheClockAndInPlace() throws Exception {
    Reply made = api.send(Api.text("order-1", "+31600000001"));
    String path = Api.messages() + "/" + made.json().path("id").asString();

    clock.advance(Duration.ofMillis(200));
    assertThat(api.get(path).json().path("status").asString()).isEqualTo("processing");
    clock.advance(Duration.ofMillis(300));
    assertThat(api.get(path).json().path("status").asString()).isEqualTo("sent");
    clock.advance(Duration.ofMinutes(1));
    JsonNode last = api.get(path).json();
    assertThat(last.path("status").asString()).isEqualTo("delivered");
    assertThat(last.path("lastStatusAt").asString()).isEqualTo("2031-03-01T13:00:03.504Z");
    assertThat(last.path("createdAt").asString()).isEqualTo("2031-03-01T13:00:02.004Z");
    assertThat(contract.check("Message", last).byPath()).isEmpty();
  }

  @Test
  void aReceiverWithAMagicNumberFailsAsDocumented() throws Exception {
    api.send(Api.text("bad", "+31609990404"));
    clock.advance(Duration.ofSeconds(5));

    JsonNode message = api.get(Api.messages()).json().at("/results/0");
    assertThat(message.path("status").asString()).isEqualTo("sending_failed");
    assertThat(message.at("/failure/code").asInt()).isEqualTo(15005);
    assertThat(message.path("reason").asString()).isNotEmpty();
    assertThat(contract.check("Message", message).byPath()).isEmpty();
  }

  @Test
  void aScheduledMessageWaitsForItsTime() throws Exception {
    var request = Api.text("later", "+31600000001");
    request.put("scheduledFor", "2031-03-01T14:00:00Z");
    Reply made = api.send(request);
    assertThat(made.json().path("status").asString()).isEqualTo("scheduled");
    clock.advance(Duration.ofMinutes(59));
    String path = Api.messages() + "/" + made.json().path("id").asString();
    assertThat(api.get(path).json().path("status").asString()).isEqualTo("scheduled");
    clock.advance(Duration.ofMinutes(2));
    assertThat(api.get(path).json().path("status").asString()).isEqualTo("delivered");
  }

  @Test
  void listsAreNewestFirstAndReverseIsTheExactOpposite() throws Exception {
    for (int i = 0; i < 60; i++) {
      api.send(Api.text("m" + i, "+31600000001"));
      clock.advance(Duration.ofMillis(i % 3));
    }
    List<String> forward = all("limit=7");
    List<String> backward = all("limit=11&reverse=true");

    assertThat(forward).hasSize(60).startsWith("m59", "m58").endsWith("m0");
    List<String> turned = new ArrayList<>(backward);
    java.util.Collections.reverse(turned);
    assertThat(turned).isEqualTo(forward);
    assertThat(api.get(Api.messages()).json().path("results").size()).isEqualTo(25);
  }

  @Test
  void pagesStayStableWhileMessagesArrive() throws Exception {
    for (int i = 0; i < 20; i++) {
      api.send(Api.text("old" + i, "+31600000001"));
    }
    JsonNode page = api.get(Api.messages() + "?limit=8").json();
    List<String> seen = references(page);
    while (page.has("nextPageToken")) {
      for (int i = 0; i < 5; i++) {
        api.send(Api.text("new", "+31600000001"));
      }
      page =
          api.get(Api.messages() + "?limit=8&pageToken=" + page.path("nextPageToken").asString())
              .json();
      seen.addAll(references(page));
    }
    assertThat(seen).hasSize(20).allMatch(reference -> reference.startsWith("old"));
    assertThat(new HashSet<>(seen)).hasSize(20);
  }

  @Test
  void aPageThatEndsExactlyAtTheEndHasNoToken() throws Exception {
    for (int i = 0; i < 4; i++) {
      api.send(Api.text("m" + i, "+31600000001"));
    }
    assertThat(api.get(Api.messages() + "?limit=4").json().has("nextPageToken")).isFalse();
    assertThat(api.get(Api.messages() + "?limit=3").json().has("nextPageToken")).isTrue();
  }

  @Test
  void channelsComeAndGo() throws Exception {
    ChannelSettings added = ChannelSettings.of(new UUID(0, 7), "sms", "Another");
    String list = "/workspaces/" + DEMO_WORKSPACE_ID + "/channels";
    simulator.addChannel(DEMO_WORKSPACE_ID, added);
    assertThat(api.get(list).json().path("results").size()).isEqualTo(4);
    simulator.receiveInbound(added.id().toString(), "+31600000001", "Hi");
    assertThat(api.get(list + "/" + added.id() + "/messages").json().path("results").size())
        .isEqualTo(1);
    assertThatThrownBy(() -> simulator.addChannel(DEMO_WORKSPACE_ID, added))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> simulator.addChannel(new UUID(0, 9).toString(), added))
        .isInstanceOf(IllegalArgumentException.class);

    simulator.removeChannel(added.id().toString());
    assertThat(api.get(list).json().path("results").size()).isEqualTo(3);
    assertThat(api.get(list + "/" + added.id() + "/messages").status()).isEqualTo(404);
    assertThat(simulator.messages()).isEmpty();
  }

  @Test
  void channelsAreListedAndRead() throws Exception {
    JsonNode page = api.get("/workspaces/" + DEMO_WORKSPACE_ID + "/channels?limit=2").json();
    assertThat(contract.check("ChannelList", page).byPath()).isEmpty();
    assertThat(page.path("results").size()).isEqualTo(2);
    JsonNode rest =
        api.get(
                "/workspaces/"
                    + DEMO_WORKSPACE_ID
                    + "/channels?pageToken="
                    + page.path("nextPageToken").asString())
            .json();
    assertThat(rest.path("results").size()).isEqualTo(1);
    assertThat(rest.has("nextPageToken")).isFalse();

    JsonNode sms = api.get("/workspaces/" + DEMO_WORKSPACE_ID + "/channels?platform=sms").json();
    assertThat(sms.path("results").size()).isEqualTo(1);
    assertThat(sms.at("/results/0/id").asString()).isEqualTo(DEMO_SMS_CHANNEL_ID);

    Reply channel = api.get(Api.channel(DEMO_EMAIL_CHANNEL_ID));
    assertThat(channel.status()).isEqualTo(200);
    assertThat(channel.json().path("platformId").asString()).isEqualTo("email");
  }

  @Test
  void theWorkspaceListComesBeforeAChannelOfThatName() throws Exception {
    api.send(Api.text("sms", "+31600000001"));
    api.post(
        Api.channel(DEMO_EMAIL_CHANNEL_ID) + "/messages",
        Api.text("email", "ann@example.org").toString());

    JsonNode page = api.get("/workspaces/" + DEMO_WORKSPACE_ID + "/channels/messages").json();
    assertThat(references(page)).containsExactly("email", "sms");
    assertThat(contract.check("MessageList", page).byPath()).isEmpty();
  }

  @Test
  void incomingMessagesShareTheList() throws Exception {
    MadeMessage incoming = simulator.receiveInbound(DEMO_SMS_CHANNEL_ID, "+31600000002", "Yes");

    JsonNode page = api.get(Api.messages()).json();
    assertThat(contract.check("MessageList", page).byPath()).isEmpty();
    JsonNode message = page.at("/results/0");
    assertThat(message.path("id").asString()).isEqualTo(incoming.id());
    assertThat(message.path("direction").asString()).isEqualTo("incoming");
    assertThat(message.path("status").asString()).isEqualTo("delivered");
    assertThat(message.at("/sender/contact/identifierValue").asString()).isEqualTo("+31600000002");
    assertThat(message.at("/body/text/text").asString()).isEqualTo("Yes");
  }

  @Test
  void equalPostsMakeDifferentMessagesAndBothEndsCanBeCompared() throws Exception {
    api.send(Api.text("twice", "+31600000001"));
    api.send(Api.text("twice", "+31600000001"));
    api.send(Api.text("once", "+31600000001"));

    assertThat(simulator.madeByReference()).containsEntry("twice", 2).containsEntry("once", 1);
    assertThat(simulator.referencesByReceiver())
        .containsEntry("+31600000001", List.of("twice", "twice", "once"));
    assertThat(simulator.messages(DEMO_SMS_CHANNEL_ID))
        .extracting(MadeMessage::reference)
        .containsExactly("twice", "twice", "once");
  }

  @Test
  void tagsAreLowerCasedAndRepeatsDropped() throws Exception {
    var request = Api.text("tags", "+31600000001");
    request.putArray("tags").add("Parcel").add("NL west").add("parcel");
    JsonNode tags = api.send(request).json().path("tags");
    assertThat(tags).extracting(JsonNode::asString).containsExactly("parcel", "nl west");
  }

  @Test
  void aContactKeepsItsId() throws Exception {
    String first = contactId(api.send(Api.text("a", "+31600000001")));
    String again = contactId(api.send(Api.text("b", "+31600000001")));
    String other = contactId(api.send(Api.text("c", "+31600000002")));
    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void whatIsNotThereIs404() throws Exception {
    String unknown = UUID.randomUUID().toString();
    assertThat(api.get(Api.messages() + "/" + unknown).status()).isEqualTo(404);
    assertThat(api.get(Api.channel(unknown)).status()).isEqualTo(404);
    assertThat(api.get(Api.channel(unknown) + "/messages").status()).isEqualTo(404);
    assertThat(api.get("/workspaces/" + unknown + "/channels").status()).isEqualTo(404);
    Reply nowhere = api.get("/v1/anything");
    assertThat(nowhere.status()).isEqualTo(404);
    assertThat(nowhere.json().path("code").asString()).isEqualTo("NotFound");
    assertThat(api.delete(Api.messages() + "/" + unknown).status()).isEqualTo(404);
  }

  private List<String> all(String query) throws Exception {
    JsonNode page = api.get(Api.messages() + "?" + query).json();
    List<String> references = references(page);
    while (page.has("nextPageToken")) {
      page =
          api.get(
                  Api.messages()
                      + "?"
                      + query
                      + "&pageToken="
                      + page.path("nextPageToken").asString())
              .json();
      references.addAll(references(page));
    }
    return references;
  }

  private static List<String> references(JsonNode page) {
    List<String> references = new ArrayList<>();
    page.path("results").forEach(message -> references.add(message.path("reference").asString()));
    return references;
  }

  private static String contactId(Reply made) {
    return made.json().at("/receiver/contacts/0/id").asString();
  }
}
