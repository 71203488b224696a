package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.source.position.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads upwards; the next page is asked for while the last one is handed over, if there is room for
 * both. A page token that is refused, or shows a page that does not begin at or before what is
 * emitted, is given up: the list is read from its head instead.
 */
final class BackFilling implements Activity {

  private static final Logger LOG = LoggerFactory.getLogger(BackFilling.class);

  private final Reading reading;
  private final BackFill backFill;

  /**
   * @param pageToken the page to begin with; empty for the oldest one
   * @param floor what the first page has to begin at or before; empty for no such condition
   */
  BackFilling(Reading reading, Optional<String> pageToken, Optional<Position> floor) {
    this.reading = reading;
    this.backFill = new BackFill(pageToken, floor, reading.settings.mostKept());
    LOG.info(
        "The channel {} is read from {} upwards.",
        reading.address.channelId(),
        pageToken.isPresent() ? "the page of the last restart point" : "its oldest message");
  }

  @Override
  public long dueAt() {
    return reading.calls.notBefore();
  }

  @Override
  public void goOn() {
    if (reading.calls.underWay() == 0) {
      ask();
    }
  }

  private void ask() {
    ListQuery query =
        new ListQuery(reading.calls.pageSize(), backFill.pageToken(), reading.reverseForOldest());
    reading.calls.list(ReadPurpose.BACK_FILL, query, this::accept, this::fromHead);
  }

  private void fromHead() {
    LOG.warn(
        "The page of the channel {} to go on from is no longer there; its list is read from the"
            + " newest message down to what is emitted.",
        reading.address.channelId());
    reading.sweepNow();
  }

  private void accept(MessagePage page, Instant asOf) {
    if (!backFill.fits(page)) {
      fromHead();
      return;
    }
    List<Sighting> ready = backFill.accept(page, reading.youngest(asOf));
    reading.handOver.addAll(ready);
    if (backFill.ended()) {
      Instant upTo = reading.youngest(asOf);
      reading.handOver.whenDrained(() -> end(upTo));
    } else {
      if (!ready.isEmpty()) {
        Sighting last = ready.get(ready.size() - 1);
        Position position = Position.of(last.message());
        reading.handOver.whenDrained(
            () -> reading.pageIsEmitted(Optional.of(position), last.place()));
      }
      if (reading.hasRoomForAPage()) {
        ask();
      }
    }
  }

  private void end(Instant upTo) {
    LOG.info("The channel {} is read up to the present.", reading.address.channelId());
    reading.backFillIsWhole(upTo);
  }
}
