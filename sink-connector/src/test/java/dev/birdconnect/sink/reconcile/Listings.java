package dev.birdconnect.sink.reconcile;

import static dev.birdconnect.sink.reconcile.FakeList.START;
import static dev.birdconnect.sink.reconcile.FakeList.reference;

import dev.birdconnect.sink.position.PartitionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Listings, and what they are asked, for tests. */
final class Listings {

  static final PartitionId P0 = new PartitionId("orders", 0);

  private static final Duration MARGIN = Duration.ofSeconds(5);

  private Listings() {}

  static Listing listing(int maxPages, ListDirection direction, Questions questions) {
    return new Listing("shop", new ListingLimits(maxPages, MARGIN), direction, questions);
  }

  static void nothing() {}

  static Questions takeover(long first) {
    return new Questions(List.of(), List.of(new Takeover(P0, first, Optional.empty(), true)));
  }

  static Mark mark(int partition, long offset) {
    return new Mark(reference(partition, offset), Mark.NO_LABEL);
  }

  static Questions unknown(Mark mark, Duration ago) {
    return new Questions(List.of(new UnknownSend(mark, -ago.toNanos())), List.of());
  }

  static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  static Findings read(FakeList list, Questions questions) {
    return list.read(
        listing(100, ListDirection.UNKNOWN, questions), Optional.of(at(100)), 0, Listings::nothing);
  }
}
