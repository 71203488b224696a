package dev.birdconnect.sink.reconcile;

import static dev.birdconnect.sink.reconcile.FakeList.reference;
import static dev.birdconnect.sink.reconcile.Listings.at;
import static dev.birdconnect.sink.reconcile.Listings.listing;
import static dev.birdconnect.sink.reconcile.Listings.mark;
import static dev.birdconnect.sink.reconcile.Listings.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.request.ListQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * How sends whose outcome is unknown are looked for, and how the order of the list is found out.
 */
class UnknownSendsTest {

  @Test
  void anUnknownSendIsLookedForDownToItsFirstAttemptByTheServersClock() {
    FakeList list = FakeList.newestFirst(1);
    for (int second = 0; second <= 100; second++) {
      list.add(second == 70 ? reference(0, 1).label() : "x", at(second));
    }
    Mark lost = mark(0, 1);
    Findings found = readAt(list, at(100), unknown(lost, Duration.ofSeconds(30)));
    assertThat(found.found()).containsOnlyKeys(lost);
    assertThat(found.pages()).isEqualTo(31);

    Mark notMade = mark(0, 2);
    Findings absent = readAt(list, at(100), unknown(notMade, Duration.ofSeconds(30)));
    assertThat(absent.found()).isEmpty();
    assertThat(absent.open()).isEmpty();
    assertThat(absent.pages()).as("30 s, the margin and a second for the header").isEqualTo(38);
  }

  private static Findings readAt(FakeList list, Instant serverTime, Questions questions) {
    return list.read(
        listing(1_000, ListDirection.DEFAULT, questions),
        Optional.of(serverTime),
        0,
        Listings::nothing);
  }

  @Test
  void withoutTheServersTimeTheNewestMessageStandsInForIt() {
    FakeList list = FakeList.newestFirst(1);
    for (int second = 0; second <= 100; second++) {
      list.add("x", at(second));
    }
    Findings findings =
        list.read(
            listing(1_000, ListDirection.UNKNOWN, unknown(mark(0, 2), Duration.ofSeconds(30))),
            Optional.empty(),
            0,
            Listings::nothing);
    assertThat(findings.open()).isEmpty();
    assertThat(findings.pages()).isEqualTo(38);
  }

  @Test
  void atThePageCapAnUnknownSendStaysOpen() {
    FakeList list = FakeList.newestFirst(1);
    for (int second = 0; second <= 100; second++) {
      list.add("x", at(second));
    }
    Mark lost = mark(0, 1);
    Findings findings =
        list.read(
            listing(5, ListDirection.UNKNOWN, unknown(lost, Duration.ofSeconds(30))),
            Optional.of(at(100)),
            0,
            Listings::nothing);
    assertThat(findings.open()).containsExactly(lost);
    assertThat(findings.pages()).isEqualTo(5);
  }

  @Test
  void theOrderOfTheListIsFoundOut() {
    for (boolean newestFirst : List.of(true, false)) {
      FakeList list = new FakeList(newestFirst, false, false, 10);
      for (int second = 0; second <= 100; second++) {
        list.add("x", at(second));
      }
      Listing listing =
          listing(100, ListDirection.UNKNOWN, unknown(mark(0, 1), Duration.ofSeconds(3)));
      Findings findings = list.read(listing, Optional.of(at(100)), 0, Listings::nothing);
      assertThat(listing.direction())
          .isEqualTo(newestFirst ? ListDirection.DEFAULT : ListDirection.REVERSE);
      assertThat(findings.pages()).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void aListThatComesOldestFirstEitherWayIsReadToItsEnd() {
    FakeList list = new FakeList(false, true, false, 10);
    for (int second = 0; second <= 100; second++) {
      list.add(second == 100 ? reference(0, 1).label() : "x", at(second));
    }
    Listing listing =
        listing(100, ListDirection.UNKNOWN, unknown(mark(0, 1), Duration.ofSeconds(3)));
    Findings findings = list.read(listing, Optional.of(at(100)), 0, Listings::nothing);
    assertThat(listing.direction()).isEqualTo(ListDirection.NEITHER);
    assertThat(findings.found()).containsOnlyKeys(mark(0, 1));
  }

  @Test
  void aRefusedTokenStartsTheListAgainWithinTheCap() {
    FakeList list = FakeList.newestFirst(10);
    for (int second = 0; second <= 100; second++) {
      list.add("x", at(second));
    }
    Listing listing =
        listing(3, ListDirection.UNKNOWN, unknown(mark(0, 1), Duration.ofSeconds(50)));
    Optional<ListQuery> next = listing.begin();
    for (int page = 0; page < 3; page++) {
      ListQuery query = next.orElseThrow();
      assertThat(query.pageToken()).isEmpty();
      listing.read(query, SeenPage.of(list.page(query)), Optional.of(at(100)), 0);
      next = listing.begin();
    }
    assertThat(next).isEmpty();
  }
}
