package dev.birdconnect.source.position;

import dev.birdconnect.source.status.KnownTexts;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of a shard after one of its records: a restart needs nothing else.
 *
 * @param origin where the reading of the channel has begun
 * @param records how many records of the shard were emitted since then, this one included
 * @param frontier the shard's messages up to here are emitted, late ones excepted
 * @param place where the frontier's message or an earlier one was found
 * @param completeAfter every emitted message of the shard that was made after it is among the known
 *     ones; in milliseconds since 1970
 * @param known the shard's known messages; one without a status is a message whose own event is
 *     emitted and its first status not
 * @param surplus which others may be open; empty where all open ones are among the known ones
 * @param leftOut which messages before the start were never emitted although older ones were
 */
public record ShardState(
    Origin origin,
    int records,
    Position frontier,
    Place place,
    long completeAfter,
    KnownTexts known,
    Optional<SurplusSpan> surplus,
    List<LeftOut> leftOut) {

  public ShardState {
    leftOut = List.copyOf(leftOut);
  }

  /** The state of a shard of which nothing is emitted. */
  public static ShardState none(Origin origin, Position frontier) {
    return new ShardState(
        origin,
        0,
        frontier,
        Place.TAIL,
        Long.MIN_VALUE,
        KnownTexts.NONE,
        Optional.empty(),
        List.of());
  }
}
