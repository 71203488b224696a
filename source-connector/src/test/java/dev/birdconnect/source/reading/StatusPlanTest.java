package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.source.reading.StatusPlan.MessageRead;
import dev.birdconnect.source.reading.StatusPlan.PageRead;
import dev.birdconnect.source.reading.StatusPlan.Read;
import dev.birdconnect.source.status.KnownMessage;
import dev.birdconnect.source.status.ReadPlan.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which reads come first. */
class StatusPlanTest {

  private static final Instant NOON = Instant.parse("2031-03-01T12:00:00Z");
  private static final Set<String> NONE = Set.of();

  private final Signposts signposts = new Signposts();

  private List<Read> plan(List<Due> due, Set<String> alone) {
    return StatusPlan.of(due, signposts, alone, StatusPlan.Means.ALL);
  }

  private List<Read> planOfPages(List<Due> due) {
    return StatusPlan.of(due, signposts, NONE, StatusPlan.Means.PAGES);
  }

  private static Due due(String id, Duration before, double changes) {
    Instant made = NOON.minus(before);
    return new Due(
        new KnownMessage(id, made.toEpochMilli(), made.getEpochSecond(), Optional.empty()),
        changes);
  }

  private static Instant before(Duration time) {
    return NOON.minus(time);
  }

  /** The pages {@code head} and {@code second}, of a minute each, and the way to those below. */
  private void twoPagesAreKnown() {
    signposts.follow(NOON, before(Duration.ofMinutes(1)), "second");
    signposts.shown("second", before(Duration.ofMinutes(1)), before(Duration.ofMinutes(2)));
    signposts.follow(before(Duration.ofMinutes(1)), before(Duration.ofMinutes(2)), "third");
  }

  private static List<String> names(List<Read> reads) {
    return reads.stream()
        .map(
            read ->
                read instanceof PageRead page ? page.token() : ((MessageRead) read).message().id())
        .toList();
  }

  @Test
  void aPageIsReadForSeveralMessagesAndTheirSumDecides() {
    twoPagesAreKnown();

    List<Read> reads =
        plan(
            List.of(
                due("a", Duration.ofSeconds(70), 0.2),
                due("b", Duration.ofSeconds(80), 0.2),
                due("alone", Duration.ofSeconds(90), 0.3)),
            Set.of("alone"));

    assertThat(names(reads)).containsExactly("second", "alone");
  }

  @Test
  void companyCountsALittleMoreThanTheChanges() {
    twoPagesAreKnown();
    Due a = due("a", Duration.ofSeconds(70), 0.2);
    Due b = due("b", Duration.ofSeconds(80), 0.2);

    assertThat(names(plan(List.of(a, b, alone(0.45)), Set.of("alone"))))
        .containsExactly("second", "alone");
    assertThat(names(plan(List.of(a, b, alone(0.47)), Set.of("alone"))))
        .containsExactly("alone", "second");
  }

  private static Due alone(double changes) {
    return due("alone", Duration.ofSeconds(90), changes);
  }

  @Test
  void onePageForOneMessageIsNotWorthIt() {
    twoPagesAreKnown();

    assertThat(names(plan(List.of(due("a", Duration.ofSeconds(70), 0.2)), NONE)))
        .containsExactly("a");
  }

  @Test
  void theWayDownIsTakenForWhatLiesBelowIt() {
    twoPagesAreKnown();
    List<Due> fourPagesDown =
        List.of(
            due("a", Duration.ofSeconds(350), 0.2),
            due("b", Duration.ofSeconds(351), 0.2),
            due("c", Duration.ofSeconds(352), 0.2),
            due("d", Duration.ofSeconds(353), 0.2),
            due("e", Duration.ofSeconds(354), 0.2));

    assertThat(names(plan(fourPagesDown, NONE))).startsWith("third");
    assertThat(names(plan(fourPagesDown.subList(0, 3), NONE)))
        .as("three messages are read sooner by themselves than over four pages")
        .containsExactly("a", "b", "c");
  }

  @Test
  void theWayDownIsWorthItsBestPartOnly() {
    twoPagesAreKnown();

    List<Read> reads =
        plan(
            List.of(
                due("near", Duration.ofSeconds(130), 0.2),
                due("nearer", Duration.ofSeconds(125), 0.2),
                due("far", Duration.ofDays(1), 0.3)),
            NONE);

    assertThat(names(reads)).startsWith("third", "far");
  }

  @Test
  void withPagesOnlyAPageIsReadForOneMessage() {
    twoPagesAreKnown();

    assertThat(names(planOfPages(List.of(due("a", Duration.ofSeconds(70), 0.2)))))
        .containsExactly("second");
  }

  @Test
  void withPagesOnlyTheWayDownIsTakenHoweverFarItIs() {
    twoPagesAreKnown();

    assertThat(names(planOfPages(List.of(due("far", Duration.ofDays(1), 0.3)))))
        .containsExactly("third");
  }

  @Test
  void withPagesOnlyWhatNoKnownPageShowsIsReachedFromThePageAboveIt() {
    twoPagesAreKnown();
    signposts.shown("bottom", before(Duration.ofHours(1)), before(Duration.ofHours(2)));

    assertThat(names(planOfPages(List.of(due("between", Duration.ofMinutes(30), 0.3)))))
        .containsExactly("third");
  }
}
