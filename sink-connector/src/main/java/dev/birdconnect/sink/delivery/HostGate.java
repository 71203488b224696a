package dev.birdconnect.sink.delivery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds back sends while the API's host cannot be reached. The first failure to connect closes it;
 * then one send at a time, at the pace of the retry schedule, tries whether the host is back, and
 * the first answer opens it for all.
 */
final class HostGate {

  private static final Logger LOG = LoggerFactory.getLogger(HostGate.class);

  private final RetrySchedule schedule;
  private boolean closed;
  private boolean probing;
  private int failures;
  private int epoch;
  private long probeDue;

  /**
   * The right to start one send.
   *
   * @param epoch how often the gate had been opened again
   * @param probe whether the send tries if the host is back
   */
  record Ticket(int epoch, boolean probe) {}

  HostGate(RetrySchedule schedule) {
    this.schedule = schedule;
  }

  /** Whether a send may start now. */
  boolean mayStart(long now) {
    return !closed || (!probing && now - probeDue >= 0);
  }

  /** Whether sends wait for {@link #probeDue}. */
  boolean waits() {
    return closed && !probing;
  }

  /** When the next probe may start. */
  long probeDue() {
    return probeDue;
  }

  /** Notes a start that {@link #mayStart} allowed. */
  Ticket started() {
    probing = closed;
    return new Ticket(epoch, closed);
  }

  /** Notes that the host answered. */
  void reached() {
    if (closed) {
      closed = false;
      probing = false;
      epoch++;
      LOG.info(
          "The Channels API can be reached again after {} failed probes; sending goes on.",
          failures);
    }
  }

  /**
   * Notes that a send could not connect.
   *
   * @return whether the send waits for the gate; false when it started before the host came back,
   *     so that its failure says nothing about now
   */
  boolean unreachable(Ticket ticket, long now) {
    if (ticket.epoch() != epoch) {
      return false;
    }
    if (!closed) {
      closed = true;
      failures = 0;
      probeDue = now + schedule.delayNanos(1);
      LOG.info("The Channels API cannot be reached; sends wait while one at a time tries again.");
    } else if (ticket.probe()) {
      probing = false;
      failures++;
      probeDue = now + schedule.delayNanos(failures + 1);
    }
    return true;
  }

  /** Notes that a send ended without saying anything about the host. */
  void dropped(Ticket ticket) {
    if (ticket.probe() && ticket.epoch() == epoch) {
      probing = false;
    }
  }
}
