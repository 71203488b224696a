package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.Complaint;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.source.reading.FakeChannel.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Some reads fail each time, while the others are answered. */
class FailingReadsTest {

  private static final int PAGE = 10;
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private final FakeChannel channel = new FakeChannel();
  private Instant made = channel.now();

  private Stored add(String id, String status) {
    made = made.plus(BETWEEN);
    return channel.add(id, made, Duration.ZERO, status);
  }

  private void closed(String prefix, int count) {
    for (int i = 0; i < count; i++) {
      add(prefix + "%02d".formatted(i), "delivered");
    }
  }

  private List<Stored> open(String prefix, int count) {
    List<Stored> open = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      open.add(add(prefix + "%02d".formatted(i), "sent"));
    }
    return open;
  }

  private Run run() {
    channel.pass(Duration.between(channel.now(), made).plus(Run.OVERLAP));
    Run run = new Run(channel, PAGE);
    run.settle(Duration.ofMinutes(2));
    return run;
  }

  /** Pages that begin at or below the place after some messages. */
  private Predicate<ListQuery> pagesFrom(String firstId) {
    Instant first = channel.get(firstId).createdAt();
    return query ->
        query
            .pageToken()
            .map(token -> Instant.parse(token.substring(0, token.indexOf('|'))))
            .filter(last -> last.isAfter(first) && !last.isAfter(first.plus(BETWEEN)))
            .isPresent();
  }

  private static <T> ReadOutcome<T> unavailable() {
    Complaint complaint = new Complaint(500, Optional.empty(), Optional.empty(), Map.of());
    return new ReadOutcome.Unavailable<>(Reason.of(complaint), Optional.empty());
  }

  @Test
  void aLookBackThatFailsOnAPageShowsThoseAboveIt() {
    closed("m", 5 * PAGE);
    Run run = run();
    // Newest first, so the third page begins with m29.
    channel.failPages(pagesFrom("m29"));
    run.settle(Duration.ofMinutes(2));
    channel.get("m35").step("delivery_failed", channel.now());
    run.settle(Duration.ofMinutes(5));
    assertThat(run.statusNames("m35")).containsExactly("delivered", "delivery_failed");

    channel.failPages(query -> false);
    channel.get("m05").step("delivery_failed", channel.now());
    run.settle(Duration.ofMinutes(2));
    assertThat(run.statusNames("m05")).containsExactly("delivered", "delivery_failed");
  }

  @Test
  void aSearchThatFailsOnAPageShowsThoseAboveIt() {
    List<Stored> open = open("o", 10 * PAGE);
    channel.pass(Duration.between(channel.now(), made).plus(Run.OVERLAP));
    Run run =
        new Run(channel, Run.settings(PAGE, Run.MOST_KEPT), new ChannelMemory.Room(2 * PAGE, PAGE));
    run.settle(Duration.ofMinutes(2));
    channel.failPages(pagesFrom(open.get(5 * PAGE - 1).id()));
    run.settle(Duration.ofMinutes(40));
    Stored above = open.get(6 * PAGE);
    above.step("delivered", channel.now());
    run.settle(Duration.ofMinutes(40));
    assertThat(run.statusNames(above.id()))
        .as("repeated by each search, and searched for as often as ever")
        .startsWith("sent")
        .endsWith("delivered")
        .hasSizeLessThan(12);
  }

  @Test
  void aPageThatFailsHoldsUpNoOtherRead() {
    closed("a", PAGE);
    Stored alone = add("alone", "sent");
    closed("b", 2 * PAGE - 1);
    List<Stored> open = open("o", PAGE);
    closed("c", 2 * PAGE);
    Run run = run();
    channel.failPages(pagesFrom(open.get(PAGE - 1).id()));
    channel.pass(Duration.ofHours(6));
    run.settle(Duration.ofMinutes(2));
    alone.step("delivered", channel.now());
    run.settle(Duration.ofMinutes(5));
    assertThat(run.statusNames("alone")).containsExactly("sent", "delivered");
  }

  @Test
  void whatIsOnAPageThatFailsIsReadOneByOne() {
    closed("a", PAGE);
    List<Stored> open = open("o", PAGE);
    closed("c", 2 * PAGE);
    Run run = run();
    channel.failPages(pagesFrom(open.get(PAGE - 1).id()));
    channel.pass(Duration.ofHours(6));
    run.settle(Duration.ofMinutes(2));
    open.forEach(message -> message.step("delivered", channel.now()));
    run.settle(Duration.ofMinutes(10));
    assertThat(open)
        .allSatisfy(
            message ->
                assertThat(run.statusNames(message.id())).containsExactly("sent", "delivered"));
  }

  @Test
  void readsOfSingleMessagesThatFailHoldUpNoList() {
    for (int i = 0; i < 10; i++) {
      add("open" + i, "sent");
      closed("x" + i, PAGE);
    }
    Run run = run();
    channel.answerGetsWith(unavailable());
    channel.gets().clear();
    run.settle(Run.POLL.multipliedBy(2));
    for (int i = 0; i < 20; i++) {
      channel.add("new" + i, "delivered");
      run.settle(Run.OVERLAP.plus(Run.POLL.multipliedBy(3)));
      assertThat(run.messageIds()).contains("new" + i);
    }
    assertThat(channel.gets()).as("after growing delays").hasSizeBetween(20, 60);
  }
}
