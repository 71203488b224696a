package dev.birdconnect.sink.delivery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds back sends while the API is down. The first failure to connect closes it, or {@value
 * #MOST_FAILURES} sends in a row to which the host answered with an error of its own or not at all;
 * then one send at a time, at the pace of the retry schedule, tries whether the API is back, and
 * the first answer opens it for all. A probe that gets no answer for long does not hold up the next
 * one, so that the pace does not depend on the time-out of calls.
 */
final class HostGate {

  private static final Logger LOG = LoggerFactory.getLogger(HostGate.class);

  static final int MOST_FAILURES = 32;

  private static final int NO_PROBE = 0;

  /** So long a probe is waited for before the next one starts. */
  private static final long PATIENCE_NANOS = RetrySchedule.LONGEST_WATCH.toNanos();

  private final RetrySchedule schedule;
  private int failedInARow;
  private boolean closed;
  private int probes;
  private int failures;
  private int epoch;
  private long probeDue;

  /**
   * The right to start one send.
   *
   * @param epoch how often the gate had been opened again
   * @param probe the number of the probe that the send is; 0 for none
   */
  record Ticket(int epoch, int probe) {}

  HostGate(RetrySchedule schedule) {
    this.schedule = schedule.watching();
  }

  /** Whether a send may start now. */
  boolean mayStart(long now) {
    return !closed || now - probeDue >= 0;
  }

  /** Whether sends wait for {@link #probeDue}. */
  boolean waits() {
    return closed;
  }

  /** When the next probe may start. */
  long probeDue() {
    return probeDue;
  }

  /** Notes a start that {@link #mayStart} allowed. */
  Ticket started(long now) {
    if (closed) {
      probes++;
      probeDue = now + PATIENCE_NANOS;
    }
    return new Ticket(epoch, closed ? probes : NO_PROBE);
  }

  /** Notes that the API answered. */
  void reached() {
    failedInARow = 0;
    if (closed) {
      closed = false;
      epoch++;
      LOG.info("The Channels API answers again after {} failed probes; sending goes on.", failures);
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
    if (closed) {
      probeFailed(ticket, now);
    } else {
      close(now);
      LOG.info("The Channels API cannot be reached; sends wait while one at a time tries again.");
    }
    return true;
  }

  /**
   * Notes that the host answered a send with an error of its own, or not at all.
   *
   * @return whether the failure is one of a host that is down, so that it tells nothing about the
   *     send
   */
  boolean failed(Ticket ticket, long now) {
    if (ticket.epoch() != epoch) {
      return false;
    }
    failedInARow++;
    if (closed) {
      probeFailed(ticket, now);
    } else if (failedInARow >= MOST_FAILURES) {
      close(now);
      LOG.warn(
          "The Channels API failed {} sends in a row; sends wait while one at a time tries again.",
          failedInARow);
    }
    return closed;
  }

  private void close(long now) {
    closed = true;
    probes = 0;
    failures = 0;
    probeDue = now + schedule.delayNanos(1);
  }

  private void probeFailed(Ticket ticket, long now) {
    if (ticket.probe() != NO_PROBE) {
      failures++;
      if (ticket.probe() == probes) {
        probeDue = now + schedule.delayNanos(failures + 1);
      }
    }
  }

  /** Notes that a send ended without saying anything about the host. */
  void dropped(Ticket ticket, long now) {
    if (ticket.probe() != NO_PROBE && ticket.probe() == probes && ticket.epoch() == epoch) {
      probeDue = now;
    }
  }
}
