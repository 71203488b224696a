package dev.birdconnect.client.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsualTimeTest {

  private static Optional<Instant> byLibrary(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2031-03-01T13:00:02Z",
        "2031-03-01T13:00:02.004Z",
        "2031-03-01T13:00:02.123456789Z",
        "1969-12-31T23:59:59.9Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z",
        "2032-02-29T00:00:00Z"
      })
  void aTimeIsWhatTheLibraryMakesOfIt(String text) {
    assertThat(UsualTime.parse(text)).isPresent().isEqualTo(byLibrary(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2031-03-01",
        "2031-03-01T13:00Z",
        "2031-03-01T13:00:02",
        "2031-03-01T13:00:02+01:00",
        "2031-03-01T13:00:02.Z",
        "2031-03-01T13:00:02.1234567890Z",
        "2031-03-01T13:00:02.00aZ",
        "2031-02-29T13:00:02Z",
        "2031-13-01T13:00:02Z",
        "2031-03-01T24:00:00Z",
        "2031-03-01T13:60:02Z",
        "2031-03-01T13:00:60Z",
        "2031-03-01t13:00:02z",
        "+2031-03-01T13:00:02Z"
      })
  void anyOtherFormIsLeftToTheLibrary(String text) {
    assertThat(UsualTime.parse(text)).isEmpty();
  }

  @Test
  void whatItReadsIsRightHoweverATimeIsSpoilt() {
    Random random = new Random(1);
    int read = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder("2031-03-01T13:00:02.004Z");
      for (int change = random.nextInt(4); change > 0; change--) {
        int place = random.nextInt(text.length());
        text.setCharAt(place, "0123456789-:.TZ+ ".charAt(random.nextInt(17)));
      }
      Optional<Instant> time = UsualTime.parse(text.toString());
      if (time.isPresent()) {
        read++;
        assertThat(time).as(text.toString()).isEqualTo(byLibrary(text.toString()));
      }
    }
    assertThat(read).isGreaterThan(10_000);
  }
}
