package dev.birdconnect.source.status;

import dev.birdconnect.client.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A message whose statuses are followed.
 *
 * @param id the message's id
 * @param agesFrom when its age begins: the later of createdAt and scheduledFor, in seconds since
 *     1970 by the server's clock
 * @param last the status emitted last; empty when the message itself is emitted, but no status yet
 */
public record OpenMessage(String id, long agesFrom, Optional<EmittedStatus> last) {

  /** A message with the status emitted last. */
  public static OpenMessage of(Message message, Optional<EmittedStatus> last) {
    Instant begin =
        message
            .scheduledFor()
            .filter(time -> time.isAfter(message.createdAt()))
            .orElse(message.createdAt());
    return new OpenMessage(message.id(), begin.getEpochSecond(), last);
  }

  /** How old it is; negative while it waits for its scheduled time. */
  public Duration age(Instant serverTime) {
    return Duration.ofSeconds(serverTime.getEpochSecond() - agesFrom);
  }
}
