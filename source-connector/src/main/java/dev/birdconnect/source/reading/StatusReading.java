package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads open messages one by one until the next sweep is due; a few in every cycle. */
final class StatusReading implements Activity {

  private static final Logger LOG = LoggerFactory.getLogger(StatusReading.class);
  private static final int READS_AT_ONCE = 4;
  private static final int READS_PER_CYCLE = 500;

  private final Reading reading;
  private final Deque<String> due;
  private int started;

  StatusReading(Reading reading) {
    this.reading = reading;
    this.due = new ArrayDeque<>(reading.due(READS_PER_CYCLE));
  }

  @Override
  public long dueAt() {
    return reading.calls.notBefore();
  }

  @Override
  public void goOn() {
    while (!due.isEmpty()
        && reading.calls.underWay() < READS_AT_ONCE
        && (started < READS_AT_ONCE || !reading.hasCome(reading.sweepDueAt()))) {
      String id = due.removeFirst();
      reading.calls.get(id, new Taker(id));
      started++;
    }
    if (reading.calls.underWay() == 0) {
      reading.nextCycle();
    }
  }

  private final class Taker implements Calls.MessageTaker {

    private final String id;

    private Taker(String id) {
      this.id = id;
    }

    @Override
    public void found(Message message) {
      reading.plan.seen(id, reading.nanoTime.getAsLong());
      reading.handOver.add(new Sighting(message, reading.tail()));
    }

    @Override
    public void missing() {
      reading.plan.seen(id, reading.nanoTime.getAsLong());
      reading.memory.close(id);
      LOG.info(
          "The message {} of the channel {} is gone; its statuses are no longer followed.",
          id,
          reading.address.channelId());
    }

    @Override
    public void unreadable() {
      reading.plan.seen(id, reading.nanoTime.getAsLong());
    }

    @Override
    public void failed() {
      reading.plan.seen(id, reading.nanoTime.getAsLong());
      due.addFirst(id);
    }
  }
}
