package dev.birdconnect.benchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * The messages that a {@link FixedResponder} has made of batches, as far as a list of them goes:
 * only the reference of each is kept, and the latest {@value #KEPT} of them. Thread-safe.
 */
final class MessageLog {

  /** More than a sink can have under way. */
  static final int KEPT = 1 << 18;

  private static final byte[] REFERENCE = bytes("\"reference\":\"");
  private static final byte[] ID = bytes("{\"id\":\"5d7d2f0e-9a3b-4f0b-8d0c-");
  private static final byte[] LABEL =
      bytes(
          "\",\"channelId\":\"c1a0f9f2-3b7d-4a51-9d57-0e6c2b8a4d11\","
              + "\"sender\":{\"connector\":{\"id\":\"a7e6b1d4-52c3-4a7f-8f10-9b1d3c5e7a22\","
              + "\"identifierValue\":\"DEPOT\"}},\"receiver\":{\"contacts\":[{"
              + "\"id\":\"e2b4c6d8-1a3c-4e5f-8a7b-6c5d4e3f2a10\",\"identifierKey\":\"phonenumber\","
              + "\"identifierValue\":\"+31600000001\",\"platformAddress\":\"+31600000001\","
              + "\"countryCode\":\"NL\"}]},\"body\":{\"type\":\"text\",\"text\":{\"text\":\""
              + "Your parcel leaves the depot today. ".repeat(4)
              + "\"}},\"reference\":\"");
  private static final byte[] STATUS =
      bytes(
          "\",\"parts\":[],\"status\":\"accepted\",\"direction\":\"outgoing\",\"lastStatusAt\":\"");
  private static final byte[] CREATED = bytes("\",\"createdAt\":\"");
  private static final byte[] END = bytes("\"}");
  private static final int LENGTH_OF_A_MESSAGE = 800;
  private static final long FIRST_ID = 100_000_000_000L;

  private final byte[][] references = new byte[KEPT][];
  private final byte[][] times = new byte[KEPT][];
  private long made;
  private long forgotten;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Makes a message of every send of a batch that has a reference, in their order.
   *
   * @param batch the request's body
   * @return how many
   */
  synchronized int add(byte[] batch) {
    byte[] now = bytes(Instant.now().toString());
    long before = made;
    int from = next(batch, 0);
    while (from >= 0) {
      int to = from;
      while (batch[to] != '"') {
        to++;
      }
      int place = (int) (made++ % KEPT);
      references[place] = Arrays.copyOfRange(batch, from, to);
      times[place] = now;
      from = next(batch, to);
    }
    return (int) (made - before);
  }

  /** Where the next reference begins; -1 where there is none. */
  private static int next(byte[] batch, int from) {
    int last = batch.length - REFERENCE.length;
    for (int i = from; i < last; i++) {
      int matched = 0;
      while (matched < REFERENCE.length && batch[i + matched] == REFERENCE[matched]) {
        matched++;
      }
      if (matched == REFERENCE.length) {
        return i + matched;
      }
    }
    return -1;
  }

  /** Forgets all that was made. */
  synchronized void forget() {
    forgotten = made;
  }

  /**
   * A page of the list, newest first.
   *
   * @param limit most messages of it
   * @param token the token of the page before; empty for the first page
   */
  synchronized byte[] page(int limit, String token) {
    long oldest = Math.max(forgotten, made - KEPT);
    long from = token.isEmpty() ? made : Math.min(made, Long.parseLong(token));
    long to = Math.max(oldest, from - limit);
    ByteArrayOutputStream page = new ByteArrayOutputStream(limit * LENGTH_OF_A_MESSAGE);
    page.writeBytes(bytes("{\"results\":["));
    for (long number = from - 1; number >= to; number--) {
      int place = (int) (number % KEPT);
      page.writeBytes(ID);
      page.writeBytes(bytes(Long.toString(FIRST_ID + number)));
      page.writeBytes(LABEL);
      page.writeBytes(references[place]);
      page.writeBytes(STATUS);
      page.writeBytes(times[place]);
      page.writeBytes(CREATED);
      page.writeBytes(times[place]);
      page.writeBytes(END);
      if (number > to) {
        page.write(',');
      }
    }
    page.writeBytes(bytes(to > oldest ? "],\"nextPageToken\":\"" + to + "\"}" : "]}"));
    return page.toByteArray();
  }
}
