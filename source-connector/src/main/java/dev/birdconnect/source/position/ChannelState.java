package dev.birdconnect.source.position;

import dev.birdconnect.source.status.KnownMessage;
import dev.birdconnect.source.status.KnownText;
import dev.birdconnect.source.status.KnownTexts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is stored of a channel.
 *
 * @param origin where its reading has begun; empty when nothing is stored
 * @param startUntaken whether a start set by hand is stored that no record has replaced
 * @param shards the states of the shards of which something was emitted
 */
public record ChannelState(
    Optional<Origin> origin, boolean startUntaken, Map<Integer, ShardState> shards) {

  /** A channel of which nothing is stored. */
  public static final ChannelState NOTHING = new ChannelState(Optional.empty(), false, Map.of());

  public ChannelState {
    shards = Map.copyOf(shards);
  }

  /**
   * Reads what is stored.
   *
   * <p>A start set by hand begins a new run: what the run before has emitted from there on is to be
   * emitted again, and what lies before stays emitted. The first record of the run that Kafka has
   * takes the start's place. A start that is still there belongs to the present run, as long as
   * nothing of that run says that it was replaced once.
   *
   * @param channel the offset of the channel's own partition, where there is one
   * @param shards the offsets of the shards' partitions
   * @throws IllegalArgumentException when one is not readable; says what is wrong
   */
  public static ChannelState read(
      Optional<Map<String, Object>> channel, Map<Integer, Map<String, Object>> shards) {
    Map<Integer, ShardState> states = new HashMap<>();
    shards.forEach((shard, offset) -> states.put(shard, OffsetCodec.state(offset)));
    Optional<Map<String, Object>> start = channel.filter(OffsetCodec::isStart);
    channel
        .filter(offset -> !OffsetCodec.isStart(offset))
        .ifPresent(
            offset ->
                states.merge(
                    OffsetCodec.shard(offset), OffsetCodec.state(offset), ChannelState::newer));
    Optional<Origin> last =
        states.values().stream().map(ShardState::origin).reduce(ChannelState::laterRun);
    if (start.isEmpty()) {
      return last.map(origin -> channel.isPresent() ? origin.asTaken() : origin)
          .map(origin -> new ChannelState(Optional.of(origin), false, within(origin, states)))
          .orElse(NOTHING);
    }
    Instant wanted = OffsetCodec.start(start.get());
    boolean begun =
        last.filter(o -> o.run() > 0 && !o.taken() && o.start().equals(Optional.of(wanted)))
            .isPresent();
    int run = last.map(Origin::run).orElse(0) + (begun ? 0 : 1);
    Origin origin = new Origin(run, Optional.of(wanted), false);
    return new ChannelState(Optional.of(origin), true, within(origin, states));
  }

  private static ShardState newer(ShardState one, ShardState other) {
    boolean laterRun = one.origin().run() > other.origin().run();
    boolean sameRun = one.origin().run() == other.origin().run();
    return laterRun || (sameRun && one.records() >= other.records()) ? one : other;
  }

  private static Origin laterRun(Origin one, Origin other) {
    if (one.run() == other.run()) {
      return one.taken() ? one : other;
    }
    return one.run() > other.run() ? one : other;
  }

  private static Map<Integer, ShardState> within(Origin origin, Map<Integer, ShardState> states) {
    Map<Integer, ShardState> within = new HashMap<>(states);
    within.replaceAll(
        (shard, state) -> state.origin().run() == origin.run() ? state : rewound(state, origin));
    return within;
  }

  /** The state of a run before as far as it lies before the start of a later one. */
  private static ShardState rewound(ShardState state, Origin origin) {
    Position floor = origin.floor().orElseThrow();
    long from = floor.createdAt().toEpochMilli();
    List<KnownMessage> kept =
        state.known().messages().stream()
            .filter(message -> message.createdAtMillis() < from)
            .toList();
    KnownTexts known = KnownTexts.of(KnownText.of(kept));
    long completeAfter = Math.min(state.completeAfter(), from - 1);
    long emittedUpTo = Math.min(state.frontier().createdAt().toEpochMilli(), from - 1);
    Optional<SurplusSpan> surplus = state.surplus().flatMap(span -> span.upTo(emittedUpTo));
    long oldest = surplus.map(SurplusSpan::fromMillis).orElse(Long.MAX_VALUE);
    for (KnownMessage message : kept) {
      oldest = Math.min(oldest, message.createdAtMillis());
    }
    List<LeftOut> leftOut = leftOut(state, floor.createdAt(), oldest);
    return new ShardState(origin, 0, floor, Place.TAIL, completeAfter, known, surplus, leftOut);
  }

  /**
   * What this start leaves out, and what those before it have left out of what lies before it.
   *
   * @param oldest when the oldest message was made that may be followed on: what was left out
   *     before it is never among what may be open
   */
  private static List<LeftOut> leftOut(ShardState state, Instant start, long oldest) {
    LeftOut now = new LeftOut(state.frontier().createdAt(), start);
    return Stream.concat(state.leftOut().stream(), Stream.of(now))
        .map(some -> some.upTo(start))
        .filter(some -> !some.isEmpty() && some.before().toEpochMilli() > oldest)
        .toList();
  }
}
