package dev.birdconnect.source.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.source.workspace.WorkspaceList.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What may be concluded from readings of the list of all channels. */
class CoverageTest {

  private static final Instant NOON = Instant.parse("2031-03-01T12:00:00Z");
  private static final Duration OVERLAP = Duration.ofSeconds(5);
  private static final long SECOND = 1_000_000_000;

  private final Coverage coverage = new Coverage(OVERLAP);

  /** A reading of the whole list, asked for at a second after noon and answered a second later. */
  private void read(long second) {
    HeadReading reading = new HeadReading(coverage.bound(second * SECOND), List.of(), 3);
    reading.accept(page(second, Optional.empty()));
    coverage.readingEnds(reading);
  }

  private static Page page(long second, Optional<String> next) {
    return new Page(
        new MessagePage(List.of(), next),
        NOON.plusSeconds(second),
        second * SECOND,
        (second + 1) * SECOND,
        true);
  }

  private Optional<Instant> upTo(long since) {
    return coverage.nothingNewUpTo("c", since * SECOND);
  }

  @Test
  void itBeginsWhenTheFirstReadingHasCome() {
    assertThat(upTo(100)).isEmpty();
    read(10);
    assertThat(upTo(10)).as("asked for before the answer").isEmpty();
    assertThat(upTo(11)).contains(NOON.plusSeconds(5));
    read(20);
    assertThat(upTo(10)).isEmpty();
    assertThat(upTo(11)).contains(NOON.plusSeconds(15));
  }

  @Test
  void eachReadingGoesDownToTheOneBeforeLessTheOverlap() {
    assertThat(coverage.bound(0)).isEmpty();
    read(10);
    assertThat(coverage.bound(20 * SECOND)).contains(NOON.plusSeconds(5));
  }

  @Test
  void aReadingThatEndsHigherUpBeginsAnew() {
    read(10);
    HeadReading reading = new HeadReading(coverage.bound(20 * SECOND), List.of(), 1);
    reading.accept(page(20, Optional.of("next")));
    coverage.readingEnds(reading);
    assertThat(upTo(15)).isEmpty();
    assertThat(upTo(21)).isPresent();
  }

  @Test
  void whatHasNewsIsToBeReadOnceMore() {
    read(10);
    coverage.showsNews("c", 12 * SECOND);
    assertThat(upTo(11)).isEmpty();
    assertThat(coverage.nothingNewUpTo("other", 11 * SECOND)).isPresent();
    assertThat(upTo(12)).isPresent();
  }

  @Test
  void aReadingThatFailsTellsNothingAndTheNextOneMakesItGood() {
    read(10);
    coverage.readingFails();
    assertThat(upTo(11)).isEmpty();
    read(20);
    assertThat(upTo(11)).isPresent();
  }

  @Test
  void aLongGapIsNotMadeGood() {
    read(10);
    assertThat(coverage.bound(130 * SECOND)).isPresent();
    assertThat(coverage.bound(131 * SECOND)).isEmpty();
    assertThat(upTo(11)).isEmpty();
  }

  @Test
  void itForgetsAll() {
    read(10);
    coverage.showsNews("c", 12 * SECOND);
    coverage.clear();
    assertThat(upTo(11)).isEmpty();
    read(20);
    assertThat(upTo(21)).isPresent();
  }
}
