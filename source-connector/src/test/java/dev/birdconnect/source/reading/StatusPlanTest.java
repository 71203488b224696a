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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which reads come first. */
class StatusPlanTest {

  private static final Instant NOON = Instant.parse("2031-03-01T12:00:00Z");
  private static final Map<String, String> NONE = Map.of();

  private final Signposts signposts = new Signposts();

  private List<Read> plan(List<Due> due, Map<String, String> passedBy) {
    return StatusPlan.of(due, signposts, passedBy, StatusPlan.Means.ALL);
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
    Instant minute = before(Duration.ofMinutes(1));
    signposts.headShown(NOON, minute, Optional.of("second"));
    signposts.shown("second", minute, before(Duration.ofMinutes(2)), Optional.of("third"));
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
            Map.of("alone", "second"));

    assertThat(names(reads)).containsExactly("second", "alone");
  }

  @Test
  void companyCountsALittleMoreThanTheChanges() {
    twoPagesAreKnown();
    Due a = due("a", Duration.ofSeconds(70), 0.2);
    Due b = due("b", Duration.ofSeconds(80), 0.2);

    assertThat(names(plan(List.of(a, b, alone(0.45)), Map.of("alone", "second"))))
        .containsExactly("second", "alone");
    assertThat(names(plan(List.of(a, b, alone(0.47)), Map.of("alone", "second"))))
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
    signposts.shown(
        "bottom", before(Duration.ofHours(1)), before(Duration.ofHours(2)), Optional.empty());

    assertThat(names(planOfPages(List.of(due("between", Duration.ofMinutes(30), 0.3)))))
        .containsExactly("third");
  }

  @Test
  void withPagesOnlyTheWayDownIsKeptHoweverManyPagesAreKnown() {
    for (int i = 0; i <= 2_000; i++) {
      Instant newest = before(Duration.ofMinutes(i + 1));
      String next = i < 2_000 ? "page" + (i + 1) : "next";
      signposts.shown("page" + i, newest, newest.minusSeconds(59), Optional.of(next));
    }

    assertThat(names(planOfPages(List.of(due("far", Duration.ofDays(3), 0.3)))))
        .containsExactly("next");
  }

  @Test
  void withPagesOnlyAMessageIsLeftAloneThatItsPageDidNotShow() {
    twoPagesAreKnown();
    Due gone = due("gone", Duration.ofSeconds(70), 0.3);
    Due last = due("last", Duration.ofMinutes(2), 0.2);

    Map<String, String> passedBy = Map.of("gone", "second", "last", "second");
    List<Read> reads =
        StatusPlan.of(List.of(gone, last), signposts, passedBy, StatusPlan.Means.PAGES);

    assertThat(names(reads))
        .as("the next page may begin at that time")
        .containsExactly("gone", "third");
  }
}
