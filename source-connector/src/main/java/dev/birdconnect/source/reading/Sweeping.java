package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ListQuery;
import java.time.Instant;

/** Reads from the head down to the frontier. */
final class Sweeping implements Activity {

  private final Reading reading;
  private Sweep sweep;

  Sweeping(Reading reading) {
    this.reading = reading;
    this.sweep = sweep();
  }

  private Sweep sweep() {
    return new Sweep(reading.floor(), reading.settings.mostKept());
  }

  @Override
  public long dueAt() {
    return reading.sweepDueAt();
  }

  @Override
  public void goOn() {
    boolean begun = sweep.pageToken().isPresent();
    if (reading.calls.underWay() == 0 && (begun || reading.hasCome(reading.sweepDueAt()))) {
      ListQuery query =
          new ListQuery(reading.settings.pageSize(), sweep.pageToken(), reading.reverseForNewest());
      reading.calls.list(query, this::accept, () -> sweep = sweep());
    }
  }

  private void accept(MessagePage page, Instant asOf) {
    if (sweep.pageToken().isEmpty()) {
      reading.beginCycle();
    }
    switch (sweep.accept(page, reading.youngest(asOf))) {
      case MORE -> {
        return;
      }
      case WHOLE -> reading.sweepIsWhole(sweep);
      case TOO_DEEP -> reading.fillGap();
    }
  }
}
