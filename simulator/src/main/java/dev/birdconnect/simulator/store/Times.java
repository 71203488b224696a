package dev.birdconnect.simulator.store;

import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.SwitchValues;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times as the API writes them: UTC, three decimals unless a switch says otherwise (29). */
public final class Times {
  private static final String SHAPE = "0000-00-00T00:00:00.000Z";
  private static final int MILLIS_PER_SECOND = 1000;

  private Times() {}

  /** Milliseconds since 1970 as text, for the years 0 to 9999. */
  public static String text(long millis) {
    // By hand: a page of the list writes two thousand times, a formatter takes most of its time.
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(millis, (long) MILLIS_PER_SECOND), 0, ZoneOffset.UTC);
    byte[] text = SHAPE.getBytes(StandardCharsets.US_ASCII);
    write(text, 3, time.getYear());
    write(text, 6, time.getMonthValue());
    write(text, 9, time.getDayOfMonth());
    write(text, 12, time.getHour());
    write(text, 15, time.getMinute());
    write(text, 18, time.getSecond());
    write(text, 22, Math.floorMod(millis, MILLIS_PER_SECOND));
    return new String(text, StandardCharsets.US_ASCII);
  }

  /** Milliseconds since 1970 as text, with as many decimals as the switch says. */
  public static String text(long millis, SwitchValues switches) {
    String text = text(millis);
    if (switches.has(Choice.THREE_DECIMALS)) {
      return text;
    }
    int end = text.length() - 1;
    if (switches.has(Choice.NINE_DECIMALS)) {
      return text.substring(0, end) + "000000Z";
    }
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end) + "Z";
  }

  /** Writes a number so that its last digit is at this place. */
  private static void write(byte[] text, int place, int number) {
    int left = number;
    for (int i = place; left > 0; i--) {
      text[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }
}
