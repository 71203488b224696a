package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.ReadOutcome.Hindrance;
import dev.birdconnect.source.reading.FakeChannel.Cursor;
import dev.birdconnect.source.reading.FakeChannel.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages that are too long, or do not come in time, with as many messages as the settings say. */
class LargePagesTest {

  private static final Duration CYCLE = Run.POLL.plusSeconds(1);
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);
  private static final int PAGE_SIZE = 400;
  private static final int MOST = 50;

  private final FakeChannel channel = new FakeChannel();

  private void makes(String prefix, int count, Instant first) {
    for (int i = 0; i < count; i++) {
      channel.add(
          "%s%04d".formatted(prefix, i), first.plusMillis(10L * i), Duration.ZERO, "delivered");
    }
  }

  private void history(int count) {
    makes("m", count, channel.now().minus(Duration.ofHours(2)));
  }

  private void more(int count) {
    makes("n", count, channel.now().minus(Duration.ofMinutes(30)));
  }

  private List<String> ids() {
    return channel.all().stream().map(Stored::id).toList();
  }

  private void failLargePages(Hindrance hindrance) {
    channel.failPages(page -> page.size() > MOST, hindrance);
  }

  @ParameterizedTest
  @EnumSource(
      value = Hindrance.class,
      names = {"TOO_LONG", "TOO_SLOW"})
  void aBackFillReadsSmallerOnes(Hindrance hindrance) {
    history(1_500);
    failLargePages(hindrance);
    Run run = new Run(channel, PAGE_SIZE);
    run.settle(LONG_ENOUGH);
    assertThat(run.messageIds()).isEqualTo(ids());
    assertThat(run.observed().reads(ReadPurpose.BACK_FILL)).isLessThan(100);
  }

  @ParameterizedTest
  @EnumSource(
      value = Hindrance.class,
      names = {"TOO_LONG", "TOO_SLOW"})
  void aSweepReadsSmallerOnes(Hindrance hindrance) {
    history(50);
    Run run = new Run(channel, PAGE_SIZE);
    run.settle(CYCLE);
    more(1_500);
    failLargePages(hindrance);
    run.settle(LONG_ENOUGH);
    assertThat(run.messageIds()).isEqualTo(ids());
  }

  @ParameterizedTest
  @EnumSource(Cursor.class)
  void soDoesAGapLargerThanMemory(Cursor cursor) {
    channel.cursor(cursor);
    history(50);
    Run run = new Run(channel, PAGE_SIZE, 300);
    run.settle(CYCLE);
    more(3_000);
    failLargePages(Hindrance.TOO_LONG);
    run.settle(LONG_ENOUGH);
    assertThat(run.messageIds()).isEqualTo(ids());
  }

  /** So pages are passed with one number of messages and read again with another one. */
  @Test
  void aStretchOfLargeMessagesInTheMiddleIsReadOnce() {
    channel.cursor(Cursor.COUNT);
    history(4_000);
    channel.failPages(
        page ->
            page.stream()
                    .filter(message -> message.id().compareTo("m2000") > 0)
                    .filter(message -> message.id().compareTo("m3000") < 0)
                    .count()
                > MOST,
        Hindrance.TOO_LONG);
    Run run = new Run(channel, PAGE_SIZE, 300);
    run.settle(LONG_ENOUGH);
    assertThat(run.messageIds()).isEqualTo(ids());
  }

  /** A smaller page is another question, which need not wait for long. */
  @ParameterizedTest
  @EnumSource(
      value = Hindrance.class,
      names = {"TOO_LONG", "TOO_SLOW"})
  void howManyToAskForIsFoundSoon(Hindrance hindrance) {
    history(20);
    channel.failPages(page -> page.size() > 1, hindrance);
    Run run = new Run(channel, PAGE_SIZE);
    run.settle(Duration.ofSeconds(30));
    assertThat(run.messageIds()).isEqualTo(ids());
  }

  /** The head of the list comes in time. */
  @Test
  void lookingBackReadsSmallerOnesWherePagesDeepDownAreTooSlow() {
    more(5 * PAGE_SIZE);
    Run run = new Run(channel, PAGE_SIZE);
    run.settle(LONG_ENOUGH);
    Stored deep = channel.get("n%04d".formatted(PAGE_SIZE / 2));
    channel.failPages(
        page -> page.size() > PAGE_SIZE / 2 && page.contains(deep), Hindrance.TOO_SLOW);
    deep.step("delivery_failed", channel.now());
    run.settle(Duration.ofMinutes(10));
    assertThat(run.statusNames(deep.id())).containsExactly("delivered", "delivery_failed");
  }

  @Test
  void statusesAreFollowedBySmallerOnes() {
    List<Stored> open = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      open.add(channel.add("o%03d".formatted(i), "sent"));
      channel.pass(Duration.ofMillis(10));
    }
    failLargePages(Hindrance.TOO_LONG);
    Run run = new Run(channel, PAGE_SIZE);
    run.settle(Duration.ofMinutes(1));
    channel.lists().clear();
    open.forEach(message -> message.step("delivered", channel.now()));
    run.settle(Duration.ofMinutes(2));
    assertThat(open)
        .allSatisfy(
            message ->
                assertThat(run.statusNames(message.id())).containsExactly("sent", "delivered"));
    assertThat(channel.gets()).hasSizeLessThan(20);
  }

  @Test
  void wholePagesAreAskedForAgainWhenTheyCome() {
    history(1_500);
    failLargePages(Hindrance.TOO_LONG);
    Run run = new Run(channel, PAGE_SIZE);
    run.settle(LONG_ENOUGH);
    assertThat(last().limit()).isLessThan(PAGE_SIZE);
    channel.failPages(page -> false, Hindrance.OTHER);
    run.settle(LONG_ENOUGH.multipliedBy(3));
    assertThat(last().limit()).isEqualTo(PAGE_SIZE);
  }

  private ListQuery last() {
    return channel.lists().get(channel.lists().size() - 1);
  }

  @Test
  void aMessageThatIsTooLongByItselfIsTriedAgainAndAgain() {
    history(20);
    Run run = new Run(channel, 10);
    channel.failPages(
        page -> page.stream().anyMatch(m -> m.id().equals("m0007")), Hindrance.TOO_LONG);
    run.settle(LONG_ENOUGH);
    assertThat(run.messageIds())
        .as("up to the one before it, as others of its time may follow")
        .isEqualTo(ids().subList(0, 6));
    assertThat(run.reader().isStopped()).isFalse();
    channel.failPages(page -> false, Hindrance.OTHER);
    run.settle(LONG_ENOUGH);
    assertThat(run.messageIds()).isEqualTo(ids());
  }
}
