package dev.birdconnect.sink.reconcile;

import static dev.birdconnect.sink.reconcile.FakeList.START;
import static dev.birdconnect.sink.reconcile.FakeList.reference;
import static dev.birdconnect.sink.reconcile.Listings.P0;
import static dev.birdconnect.sink.reconcile.Listings.at;
import static dev.birdconnect.sink.reconcile.Listings.listing;
import static dev.birdconnect.sink.reconcile.Listings.mark;
import static dev.birdconnect.sink.reconcile.Listings.read;
import static dev.birdconnect.sink.reconcile.Listings.takeover;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.reconcile.EarlierSends.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ListingTest {

  private static final long SPAN = RecordReference.SPAN;

  @Property(tries = 60)
  void aTakeoverFindsAllThatWasSentAndNothingElse(
      @ForAll boolean newestFirst,
      @ForAll boolean ignoresReverse,
      @ForAll boolean countingCursor,
      @ForAll @IntRange(min = 50, max = 1000) int pageSize,
      @ForAll Random random) {
    FakeList list = new FakeList(newestFirst, ignoresReverse, countingCursor, pageSize);
    Set<Long> sent = new HashSet<>();
    long committed = earlierOwner(list, sent, random);

    Findings findings =
        list.read(
            listing(10_000, ListDirection.UNKNOWN, takeover(committed)),
            Optional.empty(),
            0,
            () -> othersWrite(list, random));

    EarlierSends earlier = findings.earlier().get(P0);
    for (long offset = committed; offset < committed + 3 * SPAN; offset++) {
      assertThat(earlier.of(mark(0, offset)))
          .as("offset %d, committed %d", offset, committed)
          .isEqualTo(sent.contains(offset) ? Finding.SENT : Finding.NOT_SENT);
    }
  }

  /**
   * Sends by the span rule, with one that is stuck for long, and ends soon after it went through.
   * The clocks of the API's servers differ by up to four seconds.
   *
   * @return what was committed
   */
  private static long earlierOwner(FakeList list, Set<Long> sent, Random random) {
    long floor = 0;
    long committed = 0;
    long stuck = random.nextInt(12_000);
    int whileStuck = random.nextInt((int) SPAN);
    int after = random.nextInt(200);
    Instant now = START;
    while (after > 0) {
      boolean waits = floor == stuck && whileStuck-- > 0;
      long offset = waits ? stuck + 1 + random.nextInt((int) SPAN - 1) : floor + random.nextInt(5);
      now = now.plusMillis(random.nextInt(20));
      if (sent.add(offset)) {
        list.add(reference(0, offset), now.plusMillis(random.nextInt(4_000)));
      }
      while (sent.contains(floor)) {
        floor++;
      }
      if (random.nextInt(100) == 0) {
        committed = floor;
      }
      if (floor > stuck) {
        after--;
      }
    }
    list.oldestFirst.sort(Comparator.comparing(Message::createdAt));
    return committed;
  }

  private static void othersWrite(FakeList list, Random random) {
    if (!list.oldestFirst.isEmpty() && random.nextInt(3) == 0) {
      Instant last = list.oldestFirst.get(list.oldestFirst.size() - 1).createdAt();
      list.add("somebody else's", last.plusMillis(random.nextInt(5)));
    }
  }

  @Test
  void aTakeoverStopsAtAMessageASpanBelow() {
    FakeList list = FakeList.newestFirst(100);
    for (long offset = 0; offset < 3 * SPAN; offset++) {
      list.add(reference(0, offset), START.plusMillis(offset * 10));
    }
    Findings findings =
        list.read(
            listing(1_000, ListDirection.UNKNOWN, takeover(2 * SPAN + 5_000)),
            Optional.empty(),
            0,
            Listings::nothing);
    assertThat(findings.pages()).isBetween(150, 160);
    assertThat(findings.earlier().get(P0).of(mark(0, 3 * SPAN - 1))).isEqualTo(Finding.SENT);
    assertThat(findings.earlier().get(P0).of(mark(0, 3 * SPAN))).isEqualTo(Finding.NOT_SENT);
    assertThat(findings.earlier().get(P0).provenSince())
        .contains(START.plusMillis((SPAN + 5_000) * 10));
  }

  @Test
  void aTakeoverReadsOnForTheMarginAsServersClocksDiffer() {
    FakeList list = FakeList.newestFirst(1);
    list.add(reference(0, SPAN + 1), at(6));
    list.add("somebody else's", at(8));
    list.add(reference(0, 0), at(10));
    Findings findings =
        list.read(
            listing(10, ListDirection.DEFAULT, takeover(SPAN)),
            Optional.empty(),
            0,
            Listings::nothing);
    assertThat(findings.earlier().get(P0).of(mark(0, SPAN + 1))).isEqualTo(Finding.SENT);
  }

  @Test
  void whatIsKnownFromAnotherChannelStopsATakeoverToo() {
    FakeList list = FakeList.newestFirst(10);
    for (int i = 0; i < 1_000; i++) {
      list.add("somebody else's", at(i));
    }
    Questions questions =
        new Questions(List.of(), List.of(new Takeover(P0, 50_000, Optional.of(at(900)), true)));
    Findings findings =
        list.read(
            listing(1_000, ListDirection.UNKNOWN, questions),
            Optional.empty(),
            0,
            Listings::nothing);
    assertThat(findings.pages()).isBetween(10, 12);
    assertThat(findings.earlier().get(P0).of(mark(0, 50_000))).isEqualTo(Finding.NOT_SENT);
  }

  @Test
  void atThePageCapWhatMayHaveBeenSentIsInDoubt() {
    FakeList list = FakeList.newestFirst(10);
    for (long offset = 0; offset < 5_000; offset++) {
      list.add(reference(0, offset), at(offset));
    }
    EarlierSends earlier =
        list.read(
                listing(20, ListDirection.UNKNOWN, takeover(0)),
                Optional.empty(),
                0,
                Listings::nothing)
            .earlier()
            .get(P0);
    assertThat(earlier.of(mark(0, 4_999))).isEqualTo(Finding.SENT);
    assertThat(earlier.of(mark(0, 4_800))).isEqualTo(Finding.SENT);
    assertThat(earlier.of(mark(0, 4_799))).isEqualTo(Finding.IN_DOUBT);
    assertThat(earlier.of(mark(0, 4_799 + SPAN))).isEqualTo(Finding.IN_DOUBT);
    assertThat(earlier.of(mark(0, 4_800 + SPAN))).isEqualTo(Finding.NOT_SENT);
  }

  @Test
  void atThePageCapWithoutAnyReferenceOfThePartitionNothingIsInDoubt() {
    FakeList list = FakeList.newestFirst(10);
    for (int i = 0; i < 500; i++) {
      list.add(reference(1, i), at(i));
    }
    EarlierSends earlier =
        list.read(
                listing(20, ListDirection.UNKNOWN, takeover(0)),
                Optional.empty(),
                0,
                Listings::nothing)
            .earlier()
            .get(P0);
    assertThat(earlier.of(mark(0, 0))).isEqualTo(Finding.NOT_SENT);
  }

  /** A timestamp ahead of the broker's clock bounds the listing too high up. */
  @Test
  void aMessageBelowATimestampThatIsTooFarAheadIsNotSeen() {
    FakeList list = FakeList.newestFirst(10);
    list.add(reference(0, 7), START);
    for (int i = 1; i < 1_000; i++) {
      list.add("somebody else's", at(i));
    }
    for (long bound : List.of(0L, 900L)) {
      Questions questions =
          new Questions(List.of(), List.of(new Takeover(P0, 7, Optional.of(at(bound)), true)));
      assertThat(read(list, questions).earlier().get(P0).of(mark(0, 7)))
          .isEqualTo(bound == 0 ? Finding.SENT : Finding.NOT_SENT);
    }
  }

  @Test
  void aMessageThatTheApiHasDroppedIsNotSeen() {
    FakeList list = FakeList.newestFirst(10);
    list.add(reference(0, 7), START);
    list.add("somebody else's", at(1));
    assertThat(read(list, takeover(0)).earlier().get(P0).of(mark(0, 7))).isEqualTo(Finding.SENT);

    list.oldestFirst.remove(0);

    assertThat(read(list, takeover(0)).earlier().get(P0).of(mark(0, 7)))
        .isEqualTo(Finding.NOT_SENT);
  }

  @Test
  void theSameCoordinatesWithAnotherGuardAreInDoubt() {
    FakeList list = FakeList.newestFirst(10);
    list.add(new RecordReference("shop", "orders", 0, 7, "other"), START);
    EarlierSends earlier =
        list.read(
                listing(20, ListDirection.UNKNOWN, takeover(0)),
                Optional.empty(),
                0,
                Listings::nothing)
            .earlier()
            .get(P0);
    assertThat(earlier.of(mark(0, 7))).isEqualTo(Finding.IN_DOUBT);
    assertThat(earlier.of(mark(0, 8))).isEqualTo(Finding.NOT_SENT);
  }

  @Test
  void referencesOfOtherNamespacesDoNotCount() {
    FakeList list = FakeList.newestFirst(10);
    list.add(new RecordReference("elsewhere", "orders", 0, 7, "g"), START);
    EarlierSends earlier =
        list.read(
                listing(20, ListDirection.UNKNOWN, takeover(0)),
                Optional.empty(),
                0,
                Listings::nothing)
            .earlier()
            .get(P0);
    assertThat(earlier.of(mark(0, 7))).isEqualTo(Finding.NOT_SENT);
  }

  @Test
  void oneListingAnswersEverything() {
    FakeList list = FakeList.newestFirst(10);
    List<UnknownSend> sends = new ArrayList<>();
    for (int offset = 0; offset < 100; offset++) {
      if (offset % 2 == 0) {
        list.add(reference(0, offset), at(offset));
      }
      sends.add(new UnknownSend(mark(0, offset), -Duration.ofSeconds(200).toNanos()));
    }
    Questions questions =
        new Questions(
            sends, List.of(new Takeover(new PartitionId("orders", 1), 0, Optional.empty(), true)));
    Findings findings =
        list.read(
            listing(100, ListDirection.UNKNOWN, questions), Optional.empty(), 0, Listings::nothing);
    assertThat(findings.found()).hasSize(50);
    assertThat(findings.open()).isEmpty();
    assertThat(findings.pages()).isEqualTo(5);
  }

  private static Mark labelled(long offset, String label) {
    return Mark.of(reference(0, offset), label);
  }

  private static Questions takeoverOfLabelled(long first, Mark... unknown) {
    return new Questions(
        java.util.Arrays.stream(unknown)
            .map(mark -> new UnknownSend(mark, -Duration.ofSeconds(30).toNanos()))
            .toList(),
        List.of(new Takeover(P0, first, Optional.empty(), true)));
  }

  @Test
  void aMessageWithALabelOfTheUsersIsFoundByLabelAndCoordinates() {
    FakeList list = FakeList.newestFirst(10);
    list.addLabelled("order-1", reference(0, 1), at(98));
    list.addLabelled("order-1", reference(0, 2), at(99));
    list.addLabelled("order-3", reference(0, 3), at(99));

    Findings findings =
        read(list, takeoverOfLabelled(0, labelled(1, "order-1"), labelled(4, "order-1")));

    assertThat(findings.found()).containsOnlyKeys(labelled(1, "order-1"));
    assertThat(findings.open()).isEmpty();
    EarlierSends earlier = findings.earlier().get(P0);
    assertThat(earlier.of(labelled(2, "order-1"))).isEqualTo(Finding.SENT);
    assertThat(earlier.of(labelled(4, "order-1"))).isEqualTo(Finding.NOT_SENT);
    assertThat(earlier.of(labelled(3, "other"))).isEqualTo(Finding.IN_DOUBT);
    assertThat(earlier.of(mark(0, 3))).isEqualTo(Finding.IN_DOUBT);
  }

  @Test
  void aMessageWithTheSameLabelAndWithoutCoordinatesLeavesADoubt() {
    FakeList list = FakeList.newestFirst(10);
    list.add("order-1", at(99));

    Findings findings =
        read(list, takeoverOfLabelled(0, labelled(1, "order-1"), labelled(2, "order-2")));

    assertThat(findings.found()).isEmpty();
    assertThat(findings.open()).containsExactly(labelled(1, "order-1"));
    EarlierSends earlier = findings.earlier().get(P0);
    assertThat(earlier.of(labelled(7, "order-1"))).isEqualTo(Finding.IN_DOUBT);
    assertThat(earlier.of(labelled(7, "order-2"))).isEqualTo(Finding.NOT_SENT);
    assertThat(earlier.of(mark(0, 7))).isEqualTo(Finding.NOT_SENT);
  }

  @Test
  void theLabelItselfIsNotKept() {
    assertThat(labelled(1, "ann@example.org").toString()).doesNotContain("ann");
  }
}
