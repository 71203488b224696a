package dev.birdconnect.client.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What one read (GET) tells us. Reads change nothing, so all but {@link Denied} may be repeated.
 *
 * @param <T> what was asked for
 */
public sealed interface ReadOutcome<T> {

  /**
   * The answer.
   *
   * @param value what was asked for
   * @param serverTime the server's clock at the answer (header {@code Date}, whole seconds), where
   *     it told
   */
  record Found<T>(T value, Optional<Instant> serverTime) implements ReadOutcome<T> {}

  /** Workspace, channel or message is not there (404). */
  record Missing<T>(Reason reason) implements ReadOutcome<T> {}

  /** The request itself is refused (400, 422), for instance because of its page token. */
  record Refused<T>(Reason reason) implements ReadOutcome<T> {}

  /** Key, rights or account stand against it (401, 403, 3xx, other 4xx). */
  record Denied<T>(Reason reason) implements ReadOutcome<T> {}

  /**
   * An answer (2xx) that is not what was asked for. A repeat may well bring the same one.
   *
   * @param reason which field is wrong
   */
  record Unreadable<T>(Reason reason) implements ReadOutcome<T> {}

  /**
   * No answer for now: 429, 5xx, a lost connection, a time-out, or more than can be taken in.
   *
   * @param reason why
   * @param retryAfter how long the API asks to wait, where it asks
   * @param hindrance whether asking for less may help
   */
  record Unavailable<T>(Reason reason, Optional<Duration> retryAfter, Hindrance hindrance)
      implements ReadOutcome<T> {

    /** One that asking for less does not help against. */
    public Unavailable(Reason reason, Optional<Duration> retryAfter) {
      this(reason, retryAfter, Hindrance.OTHER);
    }
  }

  /** What kept an answer from coming, as far as asking for less may help. */
  enum Hindrance {
    /** It is longer than this client takes in. */
    TOO_LONG,
    /** The request left, and the answer was not whole when its time was up. */
    TOO_SLOW,
    /** Anything else. */
    OTHER
  }
}
