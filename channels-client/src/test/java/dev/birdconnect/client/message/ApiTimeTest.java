package dev.birdconnect.client.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTimeTest {

  @Test
  void anyOffsetAndAnyNumberOfDecimalsIsRead() {
    Instant time = Instant.parse("2031-03-01T13:00:00.12Z");
    assertThat(ApiTime.parse("2031-03-01T13:00:00.12Z")).contains(time);
    assertThat(ApiTime.parse("2031-03-01T14:00:00.120000+01:00")).contains(time);
    assertThat(ApiTime.parse("2031-03-01T13:00Z")).contains(Instant.parse("2031-03-01T13:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "2031-03-01",
        "+12031-03-01T13:00:00Z",
        "-0001-03-01T13:00:00Z",
        "0000-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00"
      })
  void whatIsNoTimeOfRfc3339IsNone(String text) {
    assertThat(ApiTime.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2031-03-01T13:00:00.123456789Z, 2031-03-01T13:00:00.123456789Z",
    "-0001-12-31T23:00:00Z, 0000-01-01T00:00:00Z",
    "+10000-01-01T00:59:59Z, 9999-12-31T23:59:59.999999999Z"
  })
  void whatIsWrittenIsRead(Instant time, String text) {
    assertThat(ApiTime.text(time)).isEqualTo(text);
    assertThat(ApiTime.parse(text)).contains(Instant.parse(text));
  }
}
