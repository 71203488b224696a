package dev.birdconnect.client.verdict;

import dev.birdconnect.client.message.BatchReceipt;
import java.time.Instant;
import java.util.Optional;

/** What one attempt to send a batch tells us. */
public sealed interface BatchVerdict {

  /**
   * The API took the batch in (202). Messages need not have been made: the requests are checked
   * later, and one that fails becomes a message with status {@code rejected}.
   *
   * @param receipt what the API answered
   * @param serverTime the server's clock at the answer, where it told
   */
  record Accepted(BatchReceipt receipt, Optional<Instant> serverTime) implements BatchVerdict {}

  /**
   * The API did not take the batch in, or may not have.
   *
   * @param verdict what that means for each of its sends; never {@link Verdict.Accepted}
   */
  record NotAccepted(Verdict verdict) implements BatchVerdict {}
}
