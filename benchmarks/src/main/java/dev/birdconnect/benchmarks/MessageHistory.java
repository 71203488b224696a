package dev.birdconnect.benchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * A list of messages of about a kilobyte each, a hundredth of a second apart, each written when it
 * is asked for. Its page tokens are positions. Thread-safe.
 */
final class MessageHistory {

  /**
   * A part of the list.
   *
   * @param json as the API answers
   * @param messages how many are in it
   */
  record Page(ByteBuffer json, int messages) {}

  private static final Duration APART = Duration.ofMillis(10);
  private static final String ID_START = "5d7d2f0e-9a3b-4f0b-8d0c-";
  private static final byte[] ID = bytes("{\"id\":\"" + ID_START);
  private static final byte[] LABEL =
      bytes(
          "\",\"channelId\":\""
              + Responder.CHANNEL
              + "\",\"platformId\":\"sms-messagebird\","
              + "\"sender\":{\"connector\":{\"id\":\"a7e6b1d4-52c3-4a7f-8f10-9b1d3c5e7a22\","
              + "\"identifierValue\":\"DEPOT\"}},\"receiver\":{\"contacts\":[{"
              + "\"id\":\"e2b4c6d8-1a3c-4e5f-8a7b-6c5d4e3f2a10\",\"identifierKey\":\"phonenumber\","
              + "\"identifierValue\":\"+31600000001\",\"platformAddress\":\"+31600000001\","
              + "\"countryCode\":\"NL\",\"annotations\":{\"name\":\"A. Customer\"}}]},"
              + "\"body\":{\"type\":\"text\",\"text\":{\"text\":\""
              + "Your parcel leaves the depot today. ".repeat(6)
              + "\"}},\"meta\":{\"extraInformation\":{\"order\":\"2031-03-01/17\"}},"
              + "\"tags\":[\"depot\"],\"chargeableUnits\":2,"
              + "\"reference\":\"bk1:orders:order-notifications:0:");
  private static final byte[] AFTER_REFERENCE =
      bytes(
          ":0a1b2c3d\",\"parts\":[{\"platformReference\":\"6b1e2d3c4b5a\"}],\"reason\":\"\","
              + "\"direction\":\"outgoing\",\"status\":\"");
  private static final byte[] LAST_STATUS = bytes("\",\"lastStatusAt\":\"");
  private static final byte[] CREATED = bytes("\",\"createdAt\":\"");
  private static final byte[] UPDATED = bytes("\",\"updatedAt\":\"");
  private static final byte[] END = bytes("\"}");
  private static final int LENGTH_OF_A_MESSAGE = 1_100;
  private static final long FIRST_ID = 100_000_000_000L;

  private final int count;
  private final byte[] status;
  private final Instant first;

  /**
   * @param count messages of the list
   * @param status of each
   * @param newest when the last of them was made
   */
  MessageHistory(int count, String status, Instant newest) {
    this.count = count;
    this.status = bytes(status);
    this.first = newest.minus(APART.multipliedBy(count));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * A page of the list.
   *
   * @param limit most messages of it
   * @param token the token of the page before; empty for the first page
   * @param upwards whether it goes from the oldest message to the newest one
   */
  Page page(int limit, String token, boolean upwards) {
    ByteArrayOutputStream page = new ByteArrayOutputStream((limit + 1) * LENGTH_OF_A_MESSAGE);
    page.writeBytes(bytes("{\"results\":["));
    int begin = token.isEmpty() ? (upwards ? -1 : count) : Integer.parseInt(token);
    int step = upwards ? 1 : -1;
    int last = begin;
    int messages = 0;
    for (int i = begin + step; i >= 0 && i < count && messages < limit; i += step) {
      if (messages++ > 0) {
        page.write(',');
      }
      write(i, page);
      last = i;
    }
    boolean more = upwards ? last < count - 1 : last > 0;
    page.writeBytes(bytes(more ? "],\"nextPageToken\":\"" + last + "\"}" : "]}"));
    return new Page(ByteBuffer.wrap(page.toByteArray()), messages);
  }

  /** One message. */
  Page message(String id) {
    ByteArrayOutputStream message = new ByteArrayOutputStream(LENGTH_OF_A_MESSAGE);
    write((int) (Long.parseLong(id.substring(ID_START.length())) - FIRST_ID), message);
    return new Page(ByteBuffer.wrap(message.toByteArray()), 1);
  }

  private void write(int index, ByteArrayOutputStream out) {
    byte[] time = bytes(first.plus(APART.multipliedBy(index)).toString());
    out.writeBytes(ID);
    out.writeBytes(bytes(Long.toString(FIRST_ID + index)));
    out.writeBytes(LABEL);
    out.writeBytes(bytes(Integer.toString(index)));
    out.writeBytes(AFTER_REFERENCE);
    out.writeBytes(status);
    out.writeBytes(LAST_STATUS);
    out.writeBytes(time);
    out.writeBytes(CREATED);
    out.writeBytes(time);
    out.writeBytes(UPDATED);
    out.writeBytes(time);
    out.writeBytes(END);
  }
}
