package dev.birdconnect.simulator.fault;

/** What goes wrong with a request. */
public sealed interface Fault {
  /** The request is carried out at once, its answer comes later. */
  record Latency(Quantiles times) implements Fault {}

  /** The message is made, but lists and reads show it only later (assumption 21). */
  record ListingDelay(Quantiles times) implements Fault {}

  /**
   * The message is made and can be read, but lists show it only later, behind messages made after
   * it (assumption 22).
   */
  record LateArrival(Quantiles times) implements Fault {}

  /**
   * Matching requests above a rate are answered 429, nothing done.
   *
   * @param perSecond requests that pass in a second
   * @param burst requests that pass at once after a quiet time
   * @param retryAfter header of the 429
   */
  record RateLimit(double perSecond, int burst, RetryAfter retryAfter) implements Fault {
    /** Refuses a rate at which nothing ever passes. */
    public RateLimit {
      if (!(perSecond > 0) || burst < 1) {
        throw new IllegalArgumentException(
            "A rate limit needs a perSecond above 0 and a burst of at least 1.");
      }
    }
  }

  /**
   * An error is answered.
   *
   * @param done whether the request is carried out before
   * @param status HTTP status, 400 to 599
   * @param body form of the body
   * @param retryAfter header
   */
  record ErrorAnswer(boolean done, int status, ErrorBody body, RetryAfter retryAfter)
      implements Fault {
    /** Refuses a status that is no error. */
    public ErrorAnswer {
      if (status < 400 || status > 599) {
        throw new IllegalArgumentException("A fault's status must be from 400 to 599.");
      }
    }
  }

  /**
   * The connection is reset before the first byte of an answer.
   *
   * @param done whether the request is carried out before
   */
  record Reset(boolean done) implements Fault {}

  /** The request is carried out, and the connection is reset in the middle of its answer. */
  record ResetInAnswer() implements Fault {}

  /**
   * No answer ever comes.
   *
   * @param done whether the request is carried out
   */
  record Hang(boolean done) implements Fault {}

  /** The request is carried out, and its answer is spoilt. */
  record SpoiltAnswer(Spoiling how) implements Fault {}

  /** The form of an error's body (assumption 9). */
  enum ErrorBody {
    /** The documented shape. */
    JSON,
    /** A page, as proxies send it. */
    HTML,
    /** No body. */
    EMPTY
  }

  /** What becomes of an answer whose request was carried out. */
  enum Spoiling {
    /** A complete HTTP answer with the first half of the JSON. */
    TRUNCATED_JSON,
    /** A complete HTTP answer with something in the JSON that does not belong there. */
    MALFORMED_JSON,
    /** The right body under the wrong {@code Content-Type}. */
    WRONG_CONTENT_TYPE,
    /** A page instead of the JSON, under the status of the answer. */
    HTML_PAGE
  }
}
