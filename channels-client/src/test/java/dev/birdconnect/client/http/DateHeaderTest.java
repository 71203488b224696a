package dev.birdconnect.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

class DateHeaderTest {

  private static final String ONE = "Sat, 01 Mar 2031 13:00:00 GMT";
  private static final String NEXT = "Sat, 01 Mar 2031 13:00:01 GMT";

  private final DateHeader date = new DateHeader();

  @Test
  void tellsTheTimeOfEachAnswer() {
    assertThat(date.of(Headers.of("Date", ONE))).contains(Instant.parse("2031-03-01T13:00:00Z"));
    assertThat(date.of(Headers.of("Date", ONE))).contains(Instant.parse("2031-03-01T13:00:00Z"));
    assertThat(date.of(Headers.of("Date", NEXT))).contains(Instant.parse("2031-03-01T13:00:01Z"));
  }

  @Test
  void anAnswerWithoutATimeDoesNotGetThatOfAnother() {
    assertThat(date.of(Headers.of("Date", ONE))).isPresent();

    assertThat(date.of(Headers.of())).isEmpty();
    assertThat(date.of(Headers.of("Date", ""))).isEmpty();
    assertThat(date.of(Headers.of("Date", "soon"))).isEmpty();
  }
}
