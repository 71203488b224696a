package dev.birdconnect.client.verdict;

import dev.birdconnect.client.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What one attempt to send tells us. */
public sealed interface Verdict {

  /**
   * The API took the message in (202).
   *
   * @param message the message as made
   * @param serverTime the server's clock at the answer, where it told
   */
  record Accepted(Message message, Optional<Instant> serverTime) implements Verdict {}

  /** This record can never go. */
  record Rejected(Reason reason) implements Verdict {}

  /**
   * Nothing was made; the attempt is safe to repeat.
   *
   * @param reason why
   * @param retryAfter how long the API asks to wait, where it asks
   */
  record NotProcessed(Reason reason, Optional<Duration> retryAfter) implements Verdict {}

  /** The message may have been made. */
  record Unknown(Reason reason) implements Verdict {}

  /** Key, rights, address or account stand against it: nothing more can be sent. */
  record Denied(Reason reason) implements Verdict {}
}
