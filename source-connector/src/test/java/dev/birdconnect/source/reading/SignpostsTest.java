package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which page shows a message, or leads to it. Times are seconds; later ones stand above. */
class SignpostsTest {

  private static final int MANY = 10_000;

  private final Signposts signposts = new Signposts();

  private static Instant at(long second) {
    return Instant.ofEpochSecond(second);
  }

  private void headShown(long newest, long oldest, String next) {
    signposts.headShown(at(newest), at(oldest), Optional.of(next));
  }

  private void shown(String token, long newest, long oldest, String next) {
    signposts.shown(token, at(newest), at(oldest), Optional.of(next));
  }

  private Optional<String> leadingTo(long second) {
    return signposts.leadingTo(at(second));
  }

  private Optional<String> leadingPast(String passed, long second) {
    return signposts.leadingTo(at(second), passed);
  }

  @Test
  void nothingIsKnownBeforeTheHeadIsShown() {
    assertThat(leadingTo(50)).isEmpty();
    assertThat(signposts.showing(at(50))).isEmpty();
    assertThat(signposts.wayDown()).isEmpty();
  }

  @Test
  void onlyTheHeadShowsWhatIsAboveItsOldestMessage() {
    headShown(100, 90, "second");
    assertThat(leadingTo(95)).isEmpty();
    assertThat(leadingTo(90)).as("another one of that time").contains("second");
    assertThat(leadingTo(40)).contains("second");
    assertThat(signposts.wayDown()).contains(new Signposts.WayDown("second", at(90)));
  }

  @Test
  void whatLiesBetweenTwoPagesIsReachedFromTheOneAbove() {
    headShown(100, 90, "second");
    shown("second", 89, 80, "third");
    shown("ninth", 19, 10, "tenth");
    assertThat(leadingTo(80)).contains("second");
    assertThat(leadingTo(50)).contains("third");
    assertThat(signposts.showing(at(62))).as("about two pages").contains("third");
    assertThat(signposts.showing(at(50))).as("too far for one that was not read").isEmpty();
    assertThat(leadingTo(15)).contains("ninth");
    assertThat(signposts.showing(at(5))).contains("tenth");
  }

  @Test
  void pagesOfOneTimeFollowEachOther() {
    headShown(100, 90, "second");
    shown("second", 89, 50, "third");
    shown("third", 50, 50, "fourth");
    shown("fourth", 50, 50, "fifth");
    shown("fifth", 50, 40, "sixth");
    shown("third", 50, 50, "fourth");
    assertThat(leadingTo(50)).contains("second");
    assertThat(leadingPast("second", 50)).contains("third");
    assertThat(leadingPast("third", 50)).contains("fourth");
    assertThat(leadingPast("fourth", 50)).contains("fifth");
    assertThat(leadingPast("fifth", 50)).as("it goes further down").isEmpty();
    assertThat(signposts.wayDown()).contains(new Signposts.WayDown("sixth", at(40)));
  }

  @Test
  void aPageThatIsPassedAndForgottenIsLookedForAgain() {
    headShown(100, 90, "second");
    shown("second", 89, 50, "third");
    assertThat(leadingPast("gone", 50)).contains("second");
  }

  @Test
  void aPageThatShowsNothingIsPassedOver() {
    headShown(100, 90, "second");
    signposts.shownNothing("second", Optional.of("third"));
    assertThat(leadingTo(50)).contains("third");
    shown("third", 80, 70, "fourth");
    signposts.shownNothing("fourth", Optional.of("fifth"));
    assertThat(leadingTo(50)).contains("fifth");
    signposts.shownNothing("third", Optional.of("fourth"));
    assertThat(leadingTo(75)).as("what it has shown is no longer there").contains("fourth");
  }

  @Test
  void atTheEndOfTheListThereIsNoWayDown() {
    headShown(100, 90, "second");
    signposts.shown("second", at(89), at(80), Optional.empty());
    assertThat(signposts.wayDown()).isEmpty();
    assertThat(leadingTo(50)).as("it may have moved on").contains("second");
    assertThat(leadingPast("second", 50)).isEmpty();
  }

  @Test
  void aPageWhoseNeighboursOverlapIsLeftOut() {
    headShown(100, 90, "second");
    shown("second", 89, 70, "third");
    shown("moved", 80, 60, "further");
    shown("third", 71, 50, "fourth");
    assertThat(leadingTo(75)).contains("second");
    assertThat(leadingTo(65)).contains("third");
  }

  @Test
  void aPageBetweenTwoThatFollowEachOtherIsLeftOut() {
    headShown(100, 90, "second");
    shown("second", 89, 80, "third");
    shown("moved", 84, 75, "further");
    shown("third", 79, 70, "fourth");
    assertThat(leadingTo(82)).contains("second");
    assertThat(leadingTo(77)).contains("third");
  }

  @Test
  void howeverManyPagesThereAreTheWayDownStaysAndEachIsReached() {
    headShown(MANY * 10L + 9, MANY * 10L, "page" + (MANY - 1));
    for (int i = MANY - 1; i > 0; i--) {
      shown("page" + i, i * 10L + 9, i * 10L, "page" + (i - 1));
    }
    assertThat(signposts.wayDown()).contains(new Signposts.WayDown("page0", at(10)));
    for (int wanted = 100; wanted < MANY; wanted += 500) {
      int reads = 1;
      int page = number(wanted);
      while (page != wanted) {
        shown("page" + page, page * 10L + 9, page * 10L, "page" + (page - 1));
        page = number(wanted);
        reads++;
      }
      assertThat(reads).isLessThanOrEqualTo(16);
    }
  }

  private int number(int wanted) {
    return Integer.parseInt(leadingTo(wanted * 10L + 5).orElseThrow().substring("page".length()));
  }

  @Test
  void allIsForgotten() {
    headShown(100, 90, "second");
    shown("second", 89, 80, "third");
    signposts.clear();
    assertThat(leadingTo(85)).isEmpty();
    assertThat(leadingPast("second", 80)).isEmpty();
    assertThat(signposts.wayDown()).isEmpty();
  }
}
