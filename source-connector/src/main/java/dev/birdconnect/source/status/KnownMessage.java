package dev.birdconnect.source.status;

import dev.birdconnect.client.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An emitted message that is remembered: because it is open, or because it is among the latest.
 *
 * @param id the message's id
 * @param createdAtMillis when it was made, in milliseconds since 1970 by the server's clock
 * @param agesFrom when its age begins: the later of createdAt and scheduledFor, in seconds since
 *     1970 by the server's clock
 * @param last the status emitted last; empty when the message itself is emitted, but no status yet
 */
public record KnownMessage(
    String id, long createdAtMillis, long agesFrom, Optional<EmittedStatus> last) {

  /** A message with the status emitted last. */
  public static KnownMessage of(Message message, Optional<EmittedStatus> last) {
    Instant begin =
        message
            .scheduledFor()
            .filter(time -> time.isAfter(message.createdAt()))
            .orElse(message.createdAt());
    return new KnownMessage(
        message.id(), message.createdAt().toEpochMilli(), begin.getEpochSecond(), last);
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
