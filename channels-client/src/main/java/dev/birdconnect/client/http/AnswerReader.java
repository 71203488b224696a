package dev.birdconnect.client.http;

import dev.birdconnect.client.http.HttpExchange.Answered;
import dev.birdconnect.client.http.HttpExchange.Broken;
import dev.birdconnect.client.verdict.Answer;
import dev.birdconnect.client.verdict.AnswerTooLongException;
import java.io.IOException;
import java.util.Optional;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;

/**
 * Reads an answer, however long it claims to be. The body of a success has to come whole and within
 * its bound. Of other answers the status says what happened, so a body that is too long or breaks
 * off does not undo them.
 */
final class AnswerReader {

  private static final long MOST_OF_A_REFUSAL = 64 * 1024;
  private static final long STEP = 8 * 1024;

  private final DateHeader date = new DateHeader();

  /**
   * Reads an answer and closes it.
   *
   * @param mostBytes longest body of a success
   */
  HttpExchange read(Response response, long mostBytes) {
    try (response) {
      return new Answered(
          new Answer(
              response.code(),
              response.isSuccessful() ? whole(response, mostBytes) : beginning(response),
              date.of(response.headers()),
              Optional.ofNullable(response.header("Retry-After")),
              Optional.ofNullable(response.header("Content-Type"))));
    } catch (IOException e) {
      return new Broken(e, true);
    } catch (RuntimeException e) {
      return new Broken(new UnreadableAnswerException(e), true);
    }
  }

  private static ByteString whole(Response response, long mostBytes) throws IOException {
    Buffer body = new Buffer();
    BufferedSource source = response.body().source();
    while (body.size() <= mostBytes) {
      if (source.read(body, STEP) == -1) {
        return body.readByteString();
      }
    }
    throw new AnswerTooLongException(mostBytes);
  }

  private static ByteString beginning(Response response) {
    Buffer body = new Buffer();
    try {
      BufferedSource source = response.body().source();
      boolean more = true;
      while (more && body.size() < MOST_OF_A_REFUSAL) {
        more = source.read(body, STEP) != -1;
      }
    } catch (IOException e) {
      return body.readByteString();
    }
    return body.readByteString();
  }
}
