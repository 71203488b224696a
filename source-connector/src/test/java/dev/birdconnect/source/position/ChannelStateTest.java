package dev.birdconnect.source.position;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.source.status.KnownMessage;
import dev.birdconnect.source.status.KnownText;
import dev.birdconnect.source.status.KnownTexts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelStateTest {

  private static final Instant START = Instant.parse("2031-03-01T13:00:00Z");
  private static final Instant LATER = START.plusSeconds(60);
  private static final Origin RUN = new Origin(1, Optional.of(START), false);

  private static ShardState state(Origin origin, int records, String known) {
    Position frontier = new Position(LATER, "m" + records);
    return new ShardState(
        origin,
        records,
        frontier,
        Place.TAIL,
        Long.MIN_VALUE,
        KnownTexts.of(known),
        Optional.empty(),
        List.of());
  }

  private static Optional<Map<String, Object>> start(Instant time) {
    return Optional.of(Map.of("startTimestamp", time.toString()));
  }

  private static Map<Integer, Map<String, Object>> shards(ShardState... states) {
    Map<Integer, Map<String, Object>> shards = new HashMap<>();
    for (ShardState state : states) {
      shards.put(shards.size(), OffsetCodec.offset(state));
    }
    return shards;
  }

  @Test
  void nothingIsStoredAtFirst() {
    assertThat(ChannelState.read(Optional.empty(), Map.of())).isEqualTo(ChannelState.NOTHING);
  }

  @Test
  void aStartSetByHandBeginsANewRun() {
    ChannelState first = ChannelState.read(start(START), Map.of());
    assertThat(first.origin()).contains(RUN);
    assertThat(first.startUntaken()).isTrue();

    ChannelState second =
        ChannelState.read(start(LATER), shards(state(RUN, 4, ""), state(RUN, 9, "")));
    assertThat(second.origin()).contains(new Origin(2, Optional.of(LATER), false));
    assertThat(second.shards().values())
        .extracting(ShardState::frontier)
        .containsOnly(Position.before(LATER));
    assertThat(second.shards().values()).extracting(ShardState::records).containsOnly(0);
  }

  @Test
  void whatLiesBeforeTheStartStaysEmittedAndKnown() {
    KnownMessage before = new KnownMessage("a", START.toEpochMilli() - 1, 0, Optional.empty());
    KnownMessage after = new KnownMessage("b", START.toEpochMilli(), 0, Optional.empty());
    String known = KnownText.of(List.of(before, after));
    ChannelState rewound =
        ChannelState.read(start(START), shards(state(Origin.EARLIEST, 3, known)));
    assertThat(rewound.shards().get(0).known().text()).isEqualTo(KnownText.of(List.of(before)));
  }

  @Test
  void nothingMadeSinceTheStartCountsAsEmitted() {
    ShardState last = state(Origin.EARLIEST, 3, "");
    assertThat(rewound(completeAfter(last, LATER)).completeAfter())
        .isEqualTo(START.toEpochMilli() - 1);
    long before = START.toEpochMilli() - 5;
    assertThat(rewound(completeAfter(last, Instant.ofEpochMilli(before))).completeAfter())
        .isEqualTo(before);
  }

  @Test
  void theSurplusLiesBeforeTheStartAndAmongWhatIsEmitted() {
    long start = START.toEpochMilli();
    ShardState last = state(Origin.EARLIEST, 3, "");
    assertThat(rewound(surplus(last, start - 9, start + 9)).surplus())
        .contains(new SurplusSpan(start - 9, start - 1, start));
    assertThat(rewound(surplus(last, start, start + 9)).surplus()).isEmpty();
    assertThat(rewound(surplus(last, start - 9, start - 5)).surplus())
        .contains(new SurplusSpan(start - 9, start - 5, start));

    ShardState endless = surplus(last, start - 9, SurplusSpan.NO_BOUND);
    ChannelState forward = ChannelState.read(start(LATER.plusSeconds(60)), shards(endless));
    assertThat(forward.shards().get(0).surplus())
        .contains(new SurplusSpan(start - 9, LATER.toEpochMilli(), start));
  }

  private static ShardState surplus(ShardState state, long from, long to) {
    return new ShardState(
        state.origin(),
        state.records(),
        state.frontier(),
        state.place(),
        state.completeAfter(),
        state.known(),
        Optional.of(new SurplusSpan(from, to, START.toEpochMilli())),
        state.leftOut());
  }

  @Test
  void whatStartsSetForwardHaveLeftOutBetweenOlderAndNewerMessagesIsToldApart() {
    long old = START.toEpochMilli() - 9;
    Instant forward = LATER.plusSeconds(60);
    ShardState last = surplus(state(Origin.EARLIEST, 3, ""), old, old);
    ShardState first = rewound(last, forward);
    assertThat(first.leftOut()).containsExactly(new LeftOut(LATER, forward));

    Instant emitted = forward.plusSeconds(10);
    ShardState run = at(first, emitted);
    Instant furtherOn = emitted.plusSeconds(60);
    assertThat(rewound(run, furtherOn).leftOut())
        .containsExactly(new LeftOut(LATER, forward), new LeftOut(emitted, furtherOn));
    assertThat(rewound(run, emitted).leftOut()).containsExactly(new LeftOut(LATER, forward));
    Instant within = LATER.plusSeconds(30);
    assertThat(rewound(run, within).leftOut()).containsExactly(new LeftOut(LATER, within));
    assertThat(rewound(run, START).leftOut()).isEmpty();
  }

  @Test
  void nothingNeedsToBeToldApartWhereNothingOlderIsFollowed() {
    Instant forward = LATER.plusSeconds(60);
    assertThat(rewound(state(Origin.EARLIEST, 3, ""), forward).leftOut()).isEmpty();
  }

  private static ShardState rewound(ShardState state, Instant start) {
    return ChannelState.read(start(start), shards(state)).shards().get(0);
  }

  private static ShardState at(ShardState state, Instant frontier) {
    return new ShardState(
        state.origin(),
        state.records() + 1,
        new Position(frontier, "m"),
        state.place(),
        state.completeAfter(),
        state.known(),
        state.surplus(),
        state.leftOut());
  }

  private static ShardState rewound(ShardState state) {
    return rewound(state, START);
  }

  private static ShardState completeAfter(ShardState state, Instant time) {
    return new ShardState(
        state.origin(),
        state.records(),
        state.frontier(),
        state.place(),
        time.toEpochMilli(),
        state.known(),
        state.surplus(),
        state.leftOut());
  }

  @Test
  void aStartWhoseRunHasBegunIsNotTakenTwice() {
    ChannelState restarted = ChannelState.read(start(START), shards(state(RUN, 4, "")));
    assertThat(restarted.origin()).contains(RUN);
    assertThat(restarted.startUntaken()).isTrue();
    assertThat(restarted.shards().get(0).records()).isEqualTo(4);
  }

  @Test
  void theSameStartSetAgainBeginsANewRun() {
    ChannelState again =
        ChannelState.read(start(START), shards(state(RUN, 3, ""), state(RUN.asTaken(), 4, "")));
    assertThat(again.origin()).contains(new Origin(2, Optional.of(START), false));
  }

  @Test
  void theRecordInTheStartsPlaceCountsForItsShard() {
    Map<String, Object> taken = OffsetCodec.offset(1, state(RUN, 5, "x"));
    ChannelState later =
        ChannelState.read(Optional.of(taken), shards(state(RUN, 1, ""), state(RUN, 4, "y")));
    assertThat(later.shards().get(1).known().text()).isEqualTo("x");
    assertThat(later.startUntaken()).isFalse();
    ChannelState earlier =
        ChannelState.read(Optional.of(taken), shards(state(RUN, 1, ""), state(RUN, 6, "y")));
    assertThat(earlier.shards().get(1).known().text()).isEqualTo("y");
  }

  @Test
  void shardsThatHaveNoRecordOfTheRunBeginAtItsStart() {
    Map<String, Object> taken = OffsetCodec.offset(1, state(RUN, 5, ""));
    ChannelState state =
        ChannelState.read(Optional.of(taken), shards(state(Origin.EARLIEST, 90, "")));
    assertThat(state.origin()).contains(RUN.asTaken());
    assertThat(state.shards().get(0).frontier()).isEqualTo(Position.before(START));
    assertThat(state.shards().get(1).frontier().createdAt()).isEqualTo(LATER);
  }
}
