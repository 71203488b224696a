package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ListQuery;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds out the order of the list: compares when the first messages of both orders were made. A
 * list of one page needs no order, and is looked at as a whole.
 */
final class OrderProbe implements Activity {

  private final Reading reading;
  private Optional<String> pageToken = Optional.empty();
  private Optional<Instant> firstByDefault = Optional.empty();

  OrderProbe(Reading reading) {
    this.reading = reading;
  }

  @Override
  public long dueAt() {
    return reading.sweepDueAt();
  }

  @Override
  public void goOn() {
    if (reading.calls.underWay() > 0 || !reading.hasCome(reading.sweepDueAt())) {
      return;
    }
    boolean reverse = firstByDefault.isPresent();
    boolean atHead = !reverse && pageToken.isEmpty();
    if (atHead && reading.resting.leavesOut()) {
      return;
    }
    if (atHead) {
      reading.resting.headIsAskedFor();
    }
    ListQuery query = new ListQuery(reverse ? 1 : reading.calls.pageSize(), pageToken, reverse);
    reading.calls.list(
        reverse ? ReadPurpose.PROBE : ReadPurpose.SWEEP,
        query,
        (page, asOf) -> accept(page, asOf, reverse),
        this::again);
  }

  private void again() {
    pageToken = Optional.empty();
    firstByDefault = Optional.empty();
  }

  private void accept(MessagePage page, Instant asOf, boolean reverse) {
    boolean whole = !reverse && pageToken.isEmpty() && page.nextPageToken().isEmpty();
    boolean bothEnds = reverse && !page.results().isEmpty();
    reading.answered(asOf, whole || bothEnds);
    if (whole) {
      wholeList(page, asOf);
    } else if (page.results().isEmpty() && page.nextPageToken().isPresent()) {
      pageToken = page.nextPageToken();
    } else if (page.results().isEmpty()) {
      again();
      reading.beginCycle();
    } else if (!reverse) {
      pageToken = Optional.empty();
      firstByDefault = Optional.of(page.results().get(0).createdAt());
    } else {
      Instant firstInReverse = page.results().get(0).createdAt();
      reading.begin(FoundOrder.of(firstByDefault.get(), firstInReverse));
    }
  }

  private void wholeList(MessagePage page, Instant asOf) {
    reading.beginCycle();
    reading.resting.headIsShown(page);
    Sweep whole =
        new Sweep(
            Optional.empty(),
            Optional.empty(),
            reading.settings.mostKept(),
            reading.settings.mostBytes(),
            false);
    whole.accept(page, reading.youngest(asOf));
    reading.sweepIsWhole(whole);
  }
}
