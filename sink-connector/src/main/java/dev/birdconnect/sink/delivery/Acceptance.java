package dev.birdconnect.sink.delivery;

import java.time.Instant;
import java.util.Optional;

/**
 * A send whose message was made.
 *
 * @param trial how it came to that
 * @param known what told so
 * @param messageId the message's id, where it is known
 * @param createdAt when the message was made, by the server's clock, where it is known
 * @param <R> the record
 */
public record Acceptance<R>(
    Trial<R> trial, Known known, Optional<String> messageId, Optional<Instant> createdAt) {

  /** What told that the message was made. */
  public enum Known {
    /** The API's answer to an attempt of this task. */
    ANSWER,
    /** The channel's list; the answer was lost, or an earlier owner of the partition got it. */
    LIST
  }
}
