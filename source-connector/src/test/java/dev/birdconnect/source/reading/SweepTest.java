package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.source.reading.Sweep.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweepTest {

  private static final int MOST = 10;

  private final FakeChannel channel = new FakeChannel();
  private int made;

  private MessagePage page(int messages) {
    List<FakeChannel.Stored> stored = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      stored.add(channel.add("m" + made++, "sent"));
    }
    return new MessagePage(
        stored.stream().map(channel::message).toList(), List.of(), Optional.of("token-" + made));
  }

  private static Sweep sweep(boolean passing) {
    return new Sweep(Optional.empty(), Optional.empty(), MOST, Long.MAX_VALUE, passing);
  }

  @Test
  void keepsNoMoreBytesThanItsBoundAndAPage() {
    channel.bodies(1_000);
    Sweep sweep = new Sweep(Optional.empty(), Optional.empty(), 10 * MOST, 10_000, false);
    MessagePage first = page(5);
    assertThat(sweep.accept(first, channel.now())).isEqualTo(Progress.MORE);
    assertThat(sweep.accept(first, channel.now())).as("it is kept once").isEqualTo(Progress.MORE);
    assertThat(sweep.accept(page(5), channel.now())).isEqualTo(Progress.TOO_DEEP);
  }

  @Test
  void keepsNoMoreThanAPageBeyondItsBound() {
    Sweep sweep = sweep(false);
    assertThat(sweep.accept(page(5), channel.now())).isEqualTo(Progress.MORE);
    assertThat(sweep.accept(page(5), channel.now())).isEqualTo(Progress.MORE);
    assertThat(sweep.accept(page(5), channel.now())).isEqualTo(Progress.TOO_DEEP);
    assertThat(sweep.pageToken()).contains("token-15");
    assertThat(sweep.pages()).containsExactly("token-5", "token-10");
  }

  @Test
  void onThePassKeepsOnePageOnly() {
    assertThat(sweep(true).accept(page(1), channel.now())).isEqualTo(Progress.TOO_DEEP);
  }

  @Test
  void whatIsTooYoungIsNotKept() {
    Sweep sweep = new Sweep(Optional.empty(), Optional.empty(), MOST, 1, false);
    MessagePage young = page(5);
    Instant before = channel.now().minusMillis(1);
    assertThat(sweep.accept(young, before)).isEqualTo(Progress.MORE);
    assertThat(sweep.leavesYoung()).isTrue();
    assertThat(sweep.oldestFirst()).isEmpty();
    assertThat(sweep.accept(page(5), before)).isEqualTo(Progress.MORE);
  }
}
