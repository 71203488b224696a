package dev.birdconnect.simulator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimesTest {
  @Test
  void thereAreAlwaysThreeDecimals() {
    assertThat(Times.text(0)).isEqualTo("1970-01-01T00:00:00.000Z");
    assertThat(Times.text(-1)).isEqualTo("1969-12-31T23:59:59.999Z");
    assertThat(Times.text(Instant.parse("2031-03-01T13:00:02.040Z").toEpochMilli()))
        .isEqualTo("2031-03-01T13:00:02.040Z");
  }

  @Property
  void theTextIsTheSameTime(
      @ForAll @LongRange(min = -62_000_000_000_000L, max = 253_000_000_000_000L) long millis) {
    assertThat(Instant.parse(Times.text(millis)).toEpochMilli()).isEqualTo(millis);
  }
}
