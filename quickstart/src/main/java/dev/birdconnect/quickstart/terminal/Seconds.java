package dev.birdconnect.quickstart.terminal;

import java.time.Duration;
import java.util.Locale;

/** Times as people read them. */
final class Seconds {

  private Seconds() {}

  /** Milliseconds below one second, seconds with one decimal above. */
  static String of(Duration time) {
    long millis = time.toMillis();
    return Math.abs(millis) < 1000
        ? millis + " ms"
        : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
