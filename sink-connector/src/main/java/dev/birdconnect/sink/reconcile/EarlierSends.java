package dev.birdconnect.sink.reconcile;

import java.time.Instant;
import java.util.Optional;

/** What earlier owners of a partition have sent through one channel, as far as the list tells. */
public final class EarlierSends {

  /** What is known of one record. */
  public enum Finding {
    /** Its message is in the list. */
    SENT,
    /** No earlier owner has sent it. */
    NOT_SENT,
    /** An earlier owner may have sent it. */
    IN_DOUBT
  }

  private final SentOffsets sent;
  private final BareLabels bare;
  private final long doubtfulBelow;
  private final Optional<Instant> provenSince;

  /**
   * @param sent what was found
   * @param bare labels of messages without coordinates
   * @param doubtfulBelow offsets below this one that were not found may have been sent all the same
   * @param provenSince before this time, by the server's clock, no message of the partition was
   *     made whose offset is in question, in any channel
   */
  EarlierSends(
      SentOffsets sent, BareLabels bare, long doubtfulBelow, Optional<Instant> provenSince) {
    this.sent = sent;
    this.bare = bare;
    this.doubtfulBelow = doubtfulBelow;
    this.provenSince = provenSince;
  }

  /** What an empty list tells. */
  public static EarlierSends none() {
    return new EarlierSends(new SentOffsets(), new BareLabels(), Long.MIN_VALUE, Optional.empty());
  }

  /** What a list tells that cannot be read. */
  public static EarlierSends unreadable() {
    return new EarlierSends(new SentOffsets(), new BareLabels(), Long.MAX_VALUE, Optional.empty());
  }

  /**
   * What is known of a record. One whose coordinates were found with another guard or label is in
   * doubt: it may be of a topic made anew.
   */
  public Finding of(Mark mark) {
    long offset = mark.coordinates().offset();
    if (sent.contains(mark)) {
      return Finding.SENT;
    }
    return sent.contains(offset) || offset < doubtfulBelow || bare.mayHold(mark)
        ? Finding.IN_DOUBT
        : Finding.NOT_SENT;
  }

  /** The message of a record that was {@linkplain Finding#SENT sent}, where it is known. */
  public Optional<SentMessage> message(Mark mark) {
    return sent.message(mark);
  }

  /** From when on messages that are in question were made, where it is proven. */
  public Optional<Instant> provenSince() {
    return provenSince;
  }

  /** Gives up the memory of offsets below {@code offset}, which will not be asked for again. */
  public void forgetBelow(long offset) {
    sent.forgetBelow(offset);
  }
}
