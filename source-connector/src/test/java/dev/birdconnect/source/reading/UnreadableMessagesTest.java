package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.birdconnect.client.message.UnreadableEntry;
import dev.birdconnect.source.reading.ChannelEvent.MessageSeen;
import dev.birdconnect.source.reading.FakeChannel.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A message that cannot be read holds up nothing else. */
class UnreadableMessagesTest {

  private static final Duration CYCLE = Run.POLL.plusSeconds(1);

  private final FakeChannel channel = new FakeChannel();

  private void history(int count) {
    Instant first = channel.now().minus(Duration.ofHours(2));
    for (int i = 0; i < count; i++) {
      channel.add("m%02d".formatted(i), first.plusSeconds(i), Duration.ZERO, "delivered");
    }
  }

  @Test
  void theOthersAreEmittedInOrderWhateverPageItIsOn() {
    history(12);
    List.of("m00", "m04", "m05", "m06", "m11").forEach(id -> channel.get(id).breaks(true));
    Run run = new Run(channel, 3);
    run.settle(CYCLE);
    assertThat(run.messageIds()).containsExactly("m01", "m02", "m03", "m07", "m08", "m09", "m10");
  }

  @Test
  void itIsEmittedMarkedLateWhenItCanBeReadAndIsStillRemembered() {
    history(5);
    channel.get("m03").breaks(true);
    Run run = new Run(channel, 10);
    run.settle(CYCLE);
    assertThat(run.messageIds()).containsExactly("m00", "m01", "m02", "m04");

    channel.get("m03").breaks(false);
    run.settle(CYCLE);

    MessageSeen last = run.messages().get(run.messages().size() - 1);
    assertThat(last.message().id()).isEqualTo("m03");
    assertThat(last.late()).isTrue();
  }

  @Test
  void openOnesAreReadAgainAndHoldUpNothing() {
    Stored open = channel.add("open", "sent");
    Run run = new Run(channel, 5);
    run.settle(CYCLE.multipliedBy(2));
    for (int i = 0; i < 30; i++) {
      channel.add("x%02d".formatted(i), "delivered");
      channel.pass(Duration.ofMillis(10));
    }
    open.breaks(true);
    run.settle(CYCLE.multipliedBy(3));
    assertThat(channel.gets()).contains("open");
    channel.add("new", "delivered");
    run.settle(CYCLE.multipliedBy(2));
    assertThat(run.messageIds()).contains("new");

    open.breaks(false);
    open.step("delivered", channel.now());
    run.settle(Duration.ofMinutes(1));
    assertThat(run.statusNames("open")).containsExactly("sent", "delivered");
  }

  @Test
  void eachIsToldAndCountedOnce() {
    AtomicInteger counted = new AtomicInteger();
    UnreadableMessages unreadable = new UnreadableMessages("c", counted::incrementAndGet);
    UnreadableEntry one =
        new UnreadableEntry(0, "p", JsonNodeFactory.instance.objectNode().put("id", "m1"));
    UnreadableEntry other = new UnreadableEntry(0, "p", JsonNodeFactory.instance.nullNode());
    unreadable.tell(List.of(one, other));
    unreadable.tell(List.of(one, other));
    unreadable.tell("m1", "p");
    unreadable.tell("m2", "p");
    assertThat(unreadable.count()).isEqualTo(3);
    assertThat(counted).hasValue(3);
  }
}
