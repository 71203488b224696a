package dev.birdconnect.simulator;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_SMS_CHANNEL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.account.WorkspaceSettings;
import dev.birdconnect.simulator.contract.Contract;
import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.http.InteractionResource;
import dev.birdconnect.simulator.life.LifeProfile;
import dev.birdconnect.simulator.store.Accounts;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.Draft;
import dev.birdconnect.simulator.store.Interaction;
import dev.birdconnect.simulator.store.StoredMessage;
import dev.birdconnect.simulator.switches.SwitchValues;
import dev.birdconnect.simulator.switches.Switches;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InteractionsTest {
  private final ManualClock clock = new ManualClock(Instant.parse("2031-03-01T13:00:00Z"));
  private final Channel channel = channel();

  @Test
  void aShareOfTheDeliveredMessagesIsOpenedAndClickedInTime() {
    channel.liveBy(
        LifeProfile.instant()
            .withFailures(0.5, 0, 0)
            .withInteractions("opened", 0.5, Duration.ofSeconds(30))
            .withInteractions("clicked", 0.1, Duration.ofMinutes(1)));
    List<StoredMessage> made = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      made.add(channel.add(draft("r" + i)));
    }
    assertThat(count(made, "opened")).isZero();
    clock.advance(Duration.ofSeconds(30));
    assertThat(count(made, "opened")).isBetween(400L, 600L);
    clock.advance(Duration.ofMinutes(2));
    assertThat(count(made, "opened")).isBetween(850L, 1150L);
    assertThat(count(made, "clicked")).isBetween(140L, 260L);
  }

  @Test
  void interactionsMadeOneByOneAreShownInOrderAndByTheDocument() {
    StoredMessage message = channel.add(draft("a"));
    UUID id = message.position().id();
    assertThat(channel.interactions(id)).isEmpty();
    channel.interact(id, "opened", Json.mapper().createObjectNode());
    clock.advance(Duration.ofSeconds(1));
    var link = Json.mapper().createObjectNode();
    link.putObject("metadata").putObject("link").put("url", "https://example.org/a");
    channel.interact(id, "clicked", link);

    assertThat(channel.interactions(id))
        .extracting(Interaction::type)
        .containsExactly("opened", "clicked");
    var body = Json.mapper().createObjectNode();
    body.set(
        "results",
        InteractionResource.list(
            channel, message, channel.interactions(id), SwitchValues.defaults()));
    assertThat(Contract.channelsApi().check("InteractionList", body).byPath()).isEmpty();
    assertThat(body.at("/results/0/isFirstInteraction").asBoolean()).isTrue();
    assertThat(body.at("/results/1/isFirstInteraction").asBoolean()).isFalse();
    assertThat(body.at("/results/1/metadata/link/url").asString())
        .isEqualTo("https://example.org/a");
    assertThat(body.at("/results/1/messageReference").asString()).isEqualTo("a");
    assertThat(channel.interact(UUID.randomUUID(), "opened", link)).isEmpty();
  }

  private long count(List<StoredMessage> messages, String type) {
    return messages.stream()
        .flatMap(message -> channel.interactions(message.position().id()).stream())
        .filter(interaction -> interaction.type().equals(type))
        .count();
  }

  private Channel channel() {
    List<WorkspaceSettings> workspaces = SimulatorSettings.demo().workspaces();
    return new Accounts(workspaces, clock, new Switches(SwitchValues.defaults()), 1, true)
        .channel(UUID.fromString(DEMO_SMS_CHANNEL_ID))
        .orElseThrow();
  }

  private static Draft draft(String reference) {
    return new Draft(
        false,
        reference,
        "+31600000001",
        Optional.empty(),
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Json.mapper().createObjectNode().put("reference", reference));
  }
}
