package dev.birdconnect.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.common.reference.RecordReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OffsetLedgerTest {

  @Property
  void theOldestUnfinishedOffsetIsNeverPassed(
      @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 1, max = 5) Integer> gaps,
      @ForAll Random random) {
    OffsetLedger ledger = new OffsetLedger();
    List<Long> toTrack = new ArrayList<>();
    long offset = random.nextInt(1000);
    for (int gap : gaps) {
      offset += gap;
      toTrack.add(offset);
    }
    Set<Long> unfinished = new HashSet<>();
    int tracked = 0;
    while (tracked < toTrack.size() || !unfinished.isEmpty()) {
      if (tracked < toTrack.size() && (unfinished.isEmpty() || random.nextBoolean())) {
        assertThat(ledger.track(toTrack.get(tracked), tracked)).isTrue();
        unfinished.add(toTrack.get(tracked));
        tracked++;
      } else {
        List<Long> candidates = new ArrayList<>(unfinished);
        long finished = candidates.get(random.nextInt(candidates.size()));
        assertThat(ledger.finish(finished)).isTrue();
        unfinished.remove(finished);
      }
      assertThat(ledger.oldestUnfinished())
          .isEqualTo(
              unfinished.isEmpty()
                  ? OptionalLong.empty()
                  : OptionalLong.of(Collections.min(unfinished)));
      for (long known : toTrack.subList(0, tracked)) {
        assertThat(ledger.track(known, 0)).isFalse();
      }
    }
    assertThat(ledger.oldestUnfinished()).isEmpty();
  }

  @Property
  void offsetsInWhateverOrderAreKnownOnceTheyWereSeenOrAreBelowAllThatIsUnfinished(
      @ForAll Random random) {
    OffsetLedger ledger = new OffsetLedger();
    Set<Long> seen = new HashSet<>();
    TreeMap<Long, Long> unfinished = new TreeMap<>();
    for (long now = 0; now < 400; now++) {
      long next = seen.isEmpty() ? Long.MIN_VALUE : Collections.max(seen) + 1;
      long floor = unfinished.isEmpty() ? next : unfinished.firstKey();
      long offset = random.nextInt(200) + now / 4;
      boolean known = seen.contains(offset) || offset < floor;
      assertThat(ledger.knows(offset)).isEqualTo(known);
      if (random.nextBoolean()) {
        assertThat(ledger.track(offset, now)).isNotEqualTo(known);
        if (!known) {
          seen.add(offset);
          unfinished.put(offset, now);
        }
      } else {
        assertThat(ledger.finish(offset)).isEqualTo(unfinished.remove(offset) != null);
      }
      boolean nothing = unfinished.isEmpty();
      assertThat(ledger.oldestUnfinished())
          .isEqualTo(nothing ? OptionalLong.empty() : OptionalLong.of(unfinished.firstKey()));
      assertThat(ledger.oldestTakenInAt())
          .isEqualTo(
              nothing ? OptionalLong.empty() : OptionalLong.of(unfinished.firstEntry().getValue()));
    }
  }

  @Test
  void anOffsetBetweenOthersIsTakenInLater() {
    OffsetLedger ledger = new OffsetLedger();
    for (long offset = 0; offset < 1_000; offset += 2) {
      ledger.track(offset, offset);
    }
    for (long offset = 0; offset < 600; offset += 2) {
      ledger.finish(offset);
    }
    assertThat(ledger.track(599, 0)).as("below all that is unfinished").isFalse();
    assertThat(ledger.track(701, 1)).isTrue();
    assertThat(ledger.track(701, 1)).isFalse();
    for (long offset = 600; offset <= 700; offset += 2) {
      ledger.finish(offset);
    }

    assertThat(ledger.oldestUnfinished()).hasValue(701);
    assertThat(ledger.oldestTakenInAt()).hasValue(1);
    ledger.finish(701);
    assertThat(ledger.oldestUnfinished()).hasValue(702);
    assertThat(ledger.size()).isEqualTo(149);
  }

  @Test
  void finishingTwiceOrSomethingUnknownChangesNothing() {
    OffsetLedger ledger = new OffsetLedger();
    ledger.track(5, 0);
    ledger.track(6, 0);
    assertThat(ledger.finish(7)).isFalse();
    assertThat(ledger.finish(6)).isTrue();
    assertThat(ledger.finish(6)).isFalse();
    assertThat(ledger.oldestUnfinished()).hasValue(5);
  }

  @Test
  void anOffsetIsWithinTheSpanWhenAllAtOrBelowItLessTheSpanAreFinished() {
    OffsetLedger ledger = new OffsetLedger();
    ledger.track(100, 0);
    ledger.track(100 + RecordReference.SPAN - 1, 0);
    ledger.track(100 + RecordReference.SPAN, 0);
    assertThat(ledger.withinSpan(100 + RecordReference.SPAN - 1)).isTrue();
    assertThat(ledger.withinSpan(100 + RecordReference.SPAN)).isFalse();
    ledger.finish(100);
    assertThat(ledger.withinSpan(100 + RecordReference.SPAN)).isTrue();
  }
}
