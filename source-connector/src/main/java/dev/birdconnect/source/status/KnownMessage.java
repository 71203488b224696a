package dev.birdconnect.source.status;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An emitted message that is remembered: because it is open, or because it is among the latest.
 *
 * @param id the message's id
 * @param createdAtMillis when it was made, in milliseconds since 1970 by the server's clock
 * @param agesFrom when its age begins: the later of createdAt and scheduledFor, in seconds since
 *     1970 by the server's clock. Where scheduledFor is not shown (assumption 15) it is when the
 *     message was first read as gone out, and as long as it waits, the latest time it may wait for
 * @param last the status emitted last; empty when the message itself is emitted, but no status yet
 */
public record KnownMessage(
    String id, long createdAtMillis, long agesFrom, Optional<EmittedStatus> last) {

  private static final Duration LONGEST_WAIT = Duration.ofDays(35);

  /** A message with the status emitted last, as it is read for the first time. */
  public static KnownMessage of(Message message, Optional<EmittedStatus> last) {
    Instant unshown = waits(message) ? message.createdAt().plus(LONGEST_WAIT) : message.createdAt();
    return new KnownMessage(
        message.id(),
        message.createdAt().toEpochMilli(),
        shownBegin(message).orElse(unshown).getEpochSecond(),
        last);
  }

  /**
   * The same as it is read again, with the status emitted before.
   *
   * @param serverTime when it was read, by the server's clock
   */
  public KnownMessage readAgain(Message message, Instant serverTime) {
    Instant before = Instant.ofEpochSecond(agesFrom);
    boolean hasGoneOut = !waits(message) && serverTime.isBefore(before);
    Instant begin = shownBegin(message).orElse(hasGoneOut ? serverTime : before);
    return new KnownMessage(id, createdAtMillis, begin.getEpochSecond(), last);
  }

  /** The same with another status emitted last. */
  public KnownMessage with(EmittedStatus status) {
    return new KnownMessage(id, createdAtMillis, agesFrom, Optional.of(status));
  }

  private static boolean waits(Message message) {
    return message.status().equals(MessageStatus.SCHEDULED);
  }

  private static Optional<Instant> shownBegin(Message message) {
    return message
        .scheduledFor()
        .map(time -> time.isAfter(message.createdAt()) ? time : message.createdAt());
  }

  /** How old it is; negative while it waits for its scheduled time. */
  public Duration age(Instant serverTime) {
    return Duration.ofSeconds(serverTime.getEpochSecond() - agesFrom);
  }

  /** Whether no further status is expected. */
  public boolean isFinal() {
    return last.filter(status -> status.status().isFinal()).isPresent();
  }
}
