package dev.birdconnect.client.verdict;

import java.time.Instant;
import java.util.Optional;
import okio.ByteString;

/**
 * An HTTP answer. The body of one with a status of 2xx is whole; of others it may be cut off, since
 * the status says what happened.
 *
 * @param status the HTTP status
 * @param body the bytes of the body
 * @param date the header {@code Date}, where it can be read
 * @param retryAfter the header {@code Retry-After} as sent
 * @param contentType the header {@code Content-Type} as sent
 */
public record Answer(
    int status,
    ByteString body,
    Optional<Instant> date,
    Optional<String> retryAfter,
    Optional<String> contentType) {

  @Override
  public String toString() {
    return "Answer[status=" + status + ", " + body.size() + " bytes]";
  }
}
