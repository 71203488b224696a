package dev.birdconnect.sink.reconcile;

import dev.birdconnect.common.reference.RecordReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** What a listing has read of a partition that is taken over. */
final class PartitionReading {

  /** Rejected messages far above the first offset whose details are kept. */
  private static final int MOST_REJECTIONS = 100_000;

  private final Takeover takeover;
  private final Duration margin;
  private final SentOffsets sent = new SentOffsets();
  private Optional<Instant> provenSince;
  private int rejections;
  private boolean complete;

  /**
   * @param takeover the question
   * @param margin how much the clocks of the API's servers differ
   */
  PartitionReading(Takeover takeover, Duration margin) {
    this.takeover = takeover;
    this.margin = margin;
    this.provenSince = takeover.provenSince();
  }

  /** Notes a message of the partition. */
  void message(Mark mark, SentMessage message) {
    RecordReference reference = mark.coordinates();
    if (reference.offset() >= takeover.first()) {
      boolean detailed =
          reference.offset() < takeover.first() + RecordReference.SPAN
              || (message.rejection().isPresent() && rejections < MOST_REJECTIONS);
      rejections += message.rejection().isPresent() ? 1 : 0;
      sent.add(mark, detailed ? Optional.of(message) : Optional.empty());
      return;
    }
    sent.seen(reference.offset());
    if (reference.offset() <= takeover.first() - RecordReference.SPAN) {
      provenSince =
          Stream.concat(provenSince.stream(), message.createdAt().stream())
              .max(Comparator.naturalOrder());
    }
  }

  /** Notes that all messages younger than this time are read. */
  void readDownTo(Instant oldest) {
    complete |= oldestInQuestion().map(oldest::isBefore).orElse(false);
  }

  /** Notes that the whole list is read. */
  void readToTheEnd() {
    complete = true;
  }

  /** Whether all messages in question are read. */
  boolean isComplete() {
    return complete;
  }

  private Optional<Instant> oldestInQuestion() {
    return provenSince.map(since -> since.minus(margin));
  }

  /** What is known now. */
  EarlierSends answer(BareLabels bare, NamelessMessages nameless) {
    long doubtfulBelow = complete ? Long.MIN_VALUE : doubtfulForWhatIsNotRead();
    if (nameless.mayBeMadeSince(oldestInQuestion())) {
      doubtfulBelow = Math.max(doubtfulBelow, doubtfulForWhatIsNameless());
    }
    return new EarlierSends(sent, bare, doubtfulBelow, provenSince);
  }

  /** A send a span above a message that was read is younger than that, so it was read too. */
  private long doubtfulForWhatIsNotRead() {
    return sent.smallestSeen().isEmpty()
        ? Long.MIN_VALUE
        : sent.smallestSeen().getAsLong() + RecordReference.SPAN;
  }

  /** A send starts at most a span above the oldest unfinished record. */
  private long doubtfulForWhatIsNameless() {
    long largest = Math.max(takeover.first() - 1, sent.largestSeen().orElse(Long.MIN_VALUE));
    return largest + RecordReference.SPAN + 1;
  }
}
