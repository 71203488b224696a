package dev.birdconnect.simulator.http;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The {@code Date} header: the simulator's clock (assumption 39). */
final class DateHeader {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private record Text(long second, String value) {}

  private final Clock clock;
  private volatile Text last = new Text(Long.MIN_VALUE, "");

  DateHeader(Clock clock) {
    this.clock = clock;
  }

  String now() {
    long second = Math.floorDiv(clock.millis(), 1000L);
    Text text = last;
    if (text.second() != second) {
      text = new Text(second, format(Instant.ofEpochSecond(second)));
      last = text;
    }
    return text.value();
  }

  static String format(Instant time) {
    return FORMAT.format(time);
  }
}
