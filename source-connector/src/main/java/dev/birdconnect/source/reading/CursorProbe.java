package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ListQuery;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds out, before a back-fill, whether a page token is a position in the list (assumption 2):
 * then going on from the oldest message in the other direction leads to nothing. Another kind may
 * count messages, and reading upwards with it would pass over some when the oldest ones vanish
 * meanwhile (assumption 32).
 */
final class CursorProbe implements Activity {

  private final Reading reading;
  private Optional<Message> oldest = Optional.empty();
  private Optional<String> afterOldest = Optional.empty();

  CursorProbe(Reading reading) {
    this.reading = reading;
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
    if (oldest.isEmpty()) {
      ListQuery first = new ListQuery(1, Optional.empty(), reading.reverseForOldest());
      reading.calls.list(ReadPurpose.PROBE, first, this::takeOldest, this::notAPosition);
    } else {
      ListQuery back = new ListQuery(1, afterOldest, reading.reverseForNewest());
      reading.calls.list(ReadPurpose.PROBE, back, this::takeWhatLiesBefore, this::notAPosition);
    }
  }

  private void takeOldest(MessagePage page, Instant asOf) {
    if (page.results().isEmpty() || page.nextPageToken().isEmpty()) {
      notAPosition();
      return;
    }
    oldest = Optional.of(page.results().get(0));
    afterOldest = page.nextPageToken();
  }

  private void takeWhatLiesBefore(MessagePage page, Instant asOf) {
    Instant time = oldest.orElseThrow().createdAt();
    if (page.results().stream().allMatch(message -> message.createdAt().isBefore(time))) {
      reading.backFill();
    } else {
      notAPosition();
    }
  }

  private void notAPosition() {
    reading.sweepNow();
  }
}
