package dev.birdconnect.source.workspace;

import dev.birdconnect.source.workspace.WorkspaceList.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a chain of readings has covered: each one goes down to where the one before it began, less
 * the overlap. So whatever has become visible since the first one, no later than the overlap after
 * its creation, is shown by one of them, or by the next.
 */
final class Coverage {

  /** A gap that no reading is to make good. */
  private static final Duration LONGEST_GAP = Duration.ofMinutes(2);

  /**
   * @param since when the head of the first one had come, in nanoseconds
   * @param askedAt when the head of the last one was asked for, in nanoseconds
   * @param asOf the time of the last one, by the server's clock
   */
  private record Chain(long since, long askedAt, Instant asOf) {}

  private final long overlapNanos;
  private final Map<String, Long> newsAt = new HashMap<>();
  private Optional<Chain> chain = Optional.empty();
  private boolean broken;

  Coverage(Duration overlap) {
    this.overlapNanos = overlap.toNanos();
  }

  /** How far down the next reading has to go that begins now; empty for the first one. */
  Optional<Instant> bound(long now) {
    chain = chain.filter(last -> now - last.askedAt() <= LONGEST_GAP.toNanos());
    return chain.map(this::emittedUpTo);
  }

  private Instant emittedUpTo(Chain last) {
    return last.asOf().minusNanos(overlapNanos);
  }

  /** A reading has ended; one that has not gone down far enough begins a chain anew. */
  void readingEnds(HeadReading through) {
    Page head = through.head().orElseThrow();
    long since = chain.filter(last -> through.covers()).map(Chain::since).orElse(head.takenAt());
    chain = Optional.of(new Chain(since, head.askedAt(), head.asOf()));
    broken = false;
  }

  /** A reading was broken off or is not made: nobody rests until the next one has ended. */
  void readingFails() {
    broken = true;
  }

  /** A reading has shown something new of a channel. */
  void showsNews(String channelId, long now) {
    newsAt.put(channelId, now);
  }

  void clear() {
    chain = Optional.empty();
    newsAt.clear();
  }

  /**
   * Up to when a channel has nothing to emit that its own list did not show.
   *
   * @param since when that was asked for
   */
  Optional<Instant> nothingNewUpTo(String channelId, long since) {
    Long news = newsAt.get(channelId);
    if (broken || (news != null && since - news < 0)) {
      return Optional.empty();
    }
    return chain.filter(last -> since - last.since() >= 0).map(this::emittedUpTo);
  }
}
