package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.source.position.Place;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads on below a sweep, down to a time, without emitting anything new in order: shows steps of
 * messages that are not read by themselves, and messages that have come late. Goes on in the next
 * cycle where it has no more time in this one, or a page has failed.
 */
final class LookingBack implements Activity {

  /** How it has ended. */
  enum End {
    /** All is read down to the time, or to the end of the list. */
    THROUGH,
    /** There was no more time, or a page has failed. */
    BROKEN_OFF,
    /** A page token was refused; the rest was not read. */
    REFUSED,
    /** A page fails each time; the rest was not read. */
    GIVEN_UP
  }

  /** Told how it has ended, with the page to go on with where it was broken off. */
  interface Next {
    void after(End end, Optional<String> pageToken);
  }

  private static final int FAILURES_OF_A_PAGE = 3;

  private final Reading reading;
  private final ReadPurpose purpose;
  private final Instant until;
  private final long breakOffAt;
  private final Next next;
  private Optional<String> pageToken;
  private boolean begun;
  private boolean refused;
  private boolean asked;
  private int askedFor;

  /**
   * @param purpose what it is for
   * @param pageToken the page to go on with
   * @param until messages made before it are not looked for
   * @param breakOffAt when to break off, in nanoseconds; one page is read in any case
   * @param next told how it has ended
   */
  LookingBack(
      Reading reading,
      ReadPurpose purpose,
      String pageToken,
      Instant until,
      long breakOffAt,
      Next next) {
    this.reading = reading;
    this.purpose = purpose;
    this.pageToken = Optional.of(pageToken);
    this.until = until;
    this.breakOffAt = breakOffAt;
    this.next = next;
  }

  @Override
  public long dueAt() {
    return reading.calls.notBefore();
  }

  @Override
  public void goOn() {
    if (reading.calls.underWay() > 0) {
      return;
    }
    if (refused) {
      next.after(End.REFUSED, Optional.empty());
    } else if (asked && !reading.calls.asksForLessThan(askedFor)) {
      failed(pageToken.orElseThrow());
    } else if (pageToken.isEmpty()) {
      next.after(End.THROUGH, Optional.empty());
    } else if (begun && reading.hasCome(breakOffAt)) {
      next.after(End.BROKEN_OFF, pageToken);
    } else {
      begun = true;
      asked = true;
      askedFor = reading.calls.pageSize();
      ListQuery query = new ListQuery(askedFor, pageToken, reading.reverseForNewest());
      reading.calls.list(purpose, query, (page, asOf) -> accept(page), () -> refused = true);
    }
  }

  /** The page is not asked for again at once: what follows is not to wait for it. */
  private void failed(String token) {
    int inRow = reading.failedPages.failed(token, reading.nanoTime.getAsLong());
    if (inRow < FAILURES_OF_A_PAGE) {
      next.after(End.BROKEN_OFF, pageToken);
    } else {
      next.after(End.GIVEN_UP, Optional.empty());
    }
  }

  private void accept(MessagePage page) {
    asked = false;
    reading.pageShown(pageToken, page);
    boolean passed = false;
    for (Message message : page.results()) {
      passed |= message.createdAt().isBefore(until);
      if (reading.isSettled(message)) {
        reading.handOver.add(new Sighting(message, Place.TAIL));
      }
    }
    pageToken = passed ? Optional.empty() : page.nextPageToken();
  }
}
