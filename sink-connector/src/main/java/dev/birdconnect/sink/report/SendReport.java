package dev.birdconnect.sink.report;

import dev.birdconnect.sink.position.RecordPosition;
import java.time.Instant;
import java.util.Optional;

/**
 * How a send has ended, for the topic of reports. No private data in it, unless the user's own
 * labels are.
 *
 * @param namespace namespace of the reference
 * @param position where the record stands
 * @param reference the message's reference, or the one it would have had; the coordinates where the
 *     record shows no label
 * @param messageId the message's id, where it is known
 * @param workspaceId the workspace, where the record had become a send
 * @param channelId the channel, likewise
 * @param verdict how it ended
 * @param knownBy what told so
 * @param reason why there is no message, or why nobody knows
 * @param attempts how many attempts the task that reports has started
 * @param recordTimestamp the record's timestamp
 * @param firstAttemptAt when the first of the attempts started, by the worker's clock
 * @param finishedAt when it ended
 * @param finishedAtClock whose clock that is
 */
public record SendReport(
    String namespace,
    RecordPosition position,
    String reference,
    Optional<String> messageId,
    Optional<String> workspaceId,
    Optional<String> channelId,
    Verdict verdict,
    KnownBy knownBy,
    Optional<String> reason,
    int attempts,
    Optional<Instant> recordTimestamp,
    Optional<Instant> firstAttemptAt,
    Instant finishedAt,
    Clock finishedAtClock) {

  /** How a send ended. */
  public enum Verdict {
    /** Its message was made. */
    ACCEPTED,
    /** Its record can never go. */
    REJECTED,
    /** Nobody can tell whether its message was made. */
    UNKNOWN
  }

  /** What told how a send ended. */
  public enum KnownBy {
    /** The API's answer. */
    ANSWER,
    /** The channel's list. */
    LIST,
    /** A check before any call. */
    CHECK
  }

  /** Whose clock a time is of. */
  public enum Clock {
    SERVER,
    WORKER
  }
}
