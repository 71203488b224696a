package dev.birdconnect.client.verdict;

import java.time.Instant;
import java.util.Optional;
import okio.ByteString;

/**
 * An HTTP answer, read to its end.
 *
 * @param status the HTTP status
 * @param body the bytes of the body
 * @param date the header {@code Date}, where it can be read
 * @param retryAfter the header {@code Retry-After} as sent
 */
public record Answer(
    int status, ByteString body, Optional<Instant> date, Optional<String> retryAfter) {

  @Override
  public String toString() {
    return "Answer[status=" + status + ", " + body.size() + " bytes]";
  }
}
