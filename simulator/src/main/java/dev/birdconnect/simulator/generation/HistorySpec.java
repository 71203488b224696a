package dev.birdconnect.simulator.generation;

import dev.birdconnect.simulator.life.LifeProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A past for a channel. Equal specs make equal pasts in equal channels, open messages aside, which
 * move from the moment of generation on.
 *
 * @param messages how many messages
 * @param from creation time of the first one, about
 * @param to all are created before this
 * @param open how many of them are not final yet and still move
 * @param openFor how long from now on these go on moving
 * @param incomingShare share of messages that contacts sent, 0 to 1
 * @param contacts how many different contacts there are
 * @param referencePrefix what the references begin with; a number follows
 * @param seed of everything drawn
 * @param profile outcomes and delays; without one, those of the channel
 */
public record HistorySpec(
    int messages,
    Instant from,
    Instant to,
    int open,
    Duration openFor,
    double incomingShare,
    int contacts,
    String referencePrefix,
    long seed,
    Optional<LifeProfile> profile) {
  private static final int MOST_MESSAGES = 10_000_000;
  private static final int MOST_CONTACTS = 100_000;
  private static final int USUAL_CONTACTS = 1000;

  /** Refuses what cannot be. */
  public HistorySpec {
    require(
        messages >= 1 && messages <= MOST_MESSAGES,
        "The messages of a history must be from 1 to " + MOST_MESSAGES + ".");
    require(from.isBefore(to), "A history must begin before it ends.");
    require(incomingShare >= 0 && incomingShare <= 1, "The incomingShare must be from 0 to 1.");
    require(open >= 0 && open <= messages, "The open messages must not be more than the messages.");
    require(!openFor.isNegative(), "The time of open messages must not be negative.");
    require(
        contacts >= 1 && contacts <= MOST_CONTACTS,
        "The contacts of a history must be from 1 to " + MOST_CONTACTS + ".");
  }

  /** So many messages of the 30 days before this moment, all final, from a thousand contacts. */
  public static HistorySpec of(int messages, Instant to) {
    return new HistorySpec(
        messages,
        to.minus(Duration.ofDays(30)),
        to,
        0,
        Duration.ofHours(1),
        0,
        USUAL_CONTACTS,
        "history-",
        1,
        Optional.empty());
  }

  /** The same with so many messages that go on moving for this long. */
  public HistorySpec withOpen(int openMessages, Duration movingFor) {
    return new HistorySpec(
        messages,
        from,
        to,
        openMessages,
        movingFor,
        incomingShare,
        contacts,
        referencePrefix,
        seed,
        profile);
  }

  /** The same from this time on. */
  public HistorySpec since(Instant begin) {
    return new HistorySpec(
        messages,
        begin,
        to,
        open,
        openFor,
        incomingShare,
        contacts,
        referencePrefix,
        seed,
        profile);
  }

  /** The same with this share of messages from contacts, 0 to 1. */
  public HistorySpec withIncoming(double share) {
    return new HistorySpec(
        messages, from, to, open, openFor, share, contacts, referencePrefix, seed, profile);
  }

  /** The same with another seed. */
  public HistorySpec withSeed(long newSeed) {
    return new HistorySpec(
        messages,
        from,
        to,
        open,
        openFor,
        incomingShare,
        contacts,
        referencePrefix,
        newSeed,
        profile);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
