package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.source.position.Place;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads on below a sweep, once a minute, as far down as closed messages are remembered: shows steps
 * after a final status, and messages that have come late. Goes on in the next cycle where a sweep
 * is due before it is through.
 */
final class LookingBack implements Activity {

  private final Reading reading;
  private final Instant until;
  private Optional<String> pageToken;
  private boolean begun;

  /**
   * @param pageToken the page to go on with
   * @param until messages made before it are not remembered
   */
  LookingBack(Reading reading, String pageToken, Instant until) {
    this.reading = reading;
    this.pageToken = Optional.of(pageToken);
    this.until = until;
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
    if (pageToken.isEmpty() || (begun && reading.hasCome(reading.sweepDueAt()))) {
      reading.lookedBack(pageToken);
      return;
    }
    begun = true;
    ListQuery query =
        new ListQuery(reading.settings.pageSize(), pageToken, reading.reverseForNewest());
    reading.calls.list(query, (page, asOf) -> accept(page), () -> pageToken = Optional.empty());
  }

  private void accept(MessagePage page) {
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
