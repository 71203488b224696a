package dev.birdconnect.sink.metrics;

import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.common.metrics.Latencies;
import dev.birdconnect.sink.delivery.DeliveryObserver;
import dev.birdconnect.sink.delivery.DoubtEnd;
import dev.birdconnect.sink.delivery.Send;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.sink.SinkRecord;

/** Counts what happens in delivery, and how long it takes. */
public final class DeliveryCounters implements DeliveryObserver<SinkRecord> {

  private static final long NANOS_PER_MICRO = 1000;
  private static final long MICROS_PER_MILLI = 1000;

  private final InstantSource clock;
  private final Map<SinkMetric, LongAdder> counters = new EnumMap<>(SinkMetric.class);
  private final LongAdder requests = new LongAdder();
  private final Latencies resultAge;
  private final Latencies recordToAcceptance;
  private final Latencies handoverToAcceptance;

  /**
   * @param nanoTime a clock that only goes forward
   * @param clock the worker's clock
   */
  public DeliveryCounters(LongSupplier nanoTime, InstantSource clock) {
    this.clock = clock;
    this.resultAge = new Latencies(nanoTime);
    this.recordToAcceptance = new Latencies(nanoTime);
    this.handoverToAcceptance = new Latencies(nanoTime);
    for (SinkMetric metric : SinkMetric.values()) {
      counters.put(metric, new LongAdder());
    }
  }

  private void add(SinkMetric metric, long count) {
    LongAdder counter = counters.get(metric);
    if (counter != null) {
      counter.add(count);
    }
  }

  @Override
  public void started(int attempt) {
    if (attempt > 1) {
      add(SinkMetric.RETRIES_TOTAL, 1);
    }
  }

  @Override
  public void ended(Send<SinkRecord> send, Verdict verdict, long sinceTakenIn) {
    add(metric(verdict), 1);
    if (verdict instanceof Verdict.Accepted) {
      accepted(send, sinceTakenIn);
    }
  }

  private void accepted(Send<SinkRecord> send, long sinceTakenIn) {
    handoverToAcceptance.record(sinceTakenIn / NANOS_PER_MICRO);
    Long timestamp = send.record().timestamp();
    if (timestamp != null) {
      recordToAcceptance.record((clock.millis() - timestamp) * MICROS_PER_MILLI);
    }
  }

  @Override
  public void requestEnded() {
    requests.increment();
  }

  @Override
  public void batchStarted(int sends) {
    add(SinkMetric.BATCHES_TOTAL, 1);
    add(SinkMetric.BATCH_SENDS_TOTAL, sends);
  }

  @Override
  public void batchRefused() {
    add(SinkMetric.BATCHES_REFUSED_TOTAL, 1);
  }

  @Override
  public void taken(int sends) {
    add(SinkMetric.ATTEMPTS_TAKEN_TOTAL, sends);
  }

  @Override
  public void resultSeen(
      Send<SinkRecord> send, boolean rejected, long sinceAnswer, long sinceTakenIn) {
    add(SinkMetric.RESULTS_SEEN_TOTAL, 1);
    resultAge.record(sinceAnswer / NANOS_PER_MICRO);
    if (rejected) {
      add(SinkMetric.RESULTS_REJECTED_TOTAL, 1);
    } else {
      accepted(send, sinceTakenIn);
    }
  }

  @Override
  public void swept(int pages) {
    add(SinkMetric.RESULT_PAGES_READ_TOTAL, pages);
  }

  @Override
  public void unprepared(Send<SinkRecord> send, Verdict verdict) {
    add(metric(verdict), 1);
  }

  private static SinkMetric metric(Verdict verdict) {
    if (verdict instanceof Verdict.Accepted) {
      return SinkMetric.ATTEMPTS_ACCEPTED_TOTAL;
    } else if (verdict instanceof Verdict.Rejected) {
      return SinkMetric.ATTEMPTS_REJECTED_TOTAL;
    } else if (verdict instanceof Verdict.NotProcessed) {
      return SinkMetric.ATTEMPTS_NOT_PROCESSED_TOTAL;
    } else if (verdict instanceof Verdict.Unknown) {
      return SinkMetric.ATTEMPTS_UNKNOWN_TOTAL;
    }
    return SinkMetric.ATTEMPTS_DENIED_TOTAL;
  }

  @Override
  public void foundAtTakeover() {
    add(SinkMetric.TAKEOVER_FOUND_TOTAL, 1);
  }

  @Override
  public void doubtEnded(DoubtEnd end) {
    add(
        switch (end) {
          case FOUND -> SinkMetric.DOUBTS_FOUND_TOTAL;
          case SENT_AGAIN -> SinkMetric.DOUBTS_SENT_AGAIN_TOTAL;
          case REMAINED_SENT -> SinkMetric.DOUBTS_REMAINED_SENT_TOTAL;
          case REMAINED_REPORTED -> SinkMetric.DOUBTS_REMAINED_REPORTED_TOTAL;
          case REMAINED_FAILED -> SinkMetric.DOUBTS_REMAINED_FAILED_TOTAL;
        },
        1);
  }

  @Override
  public void listed(int pages) {
    add(SinkMetric.LIST_PAGES_READ_TOTAL, pages);
  }

  /** What has been counted for a metric. */
  long count(SinkMetric metric) {
    LongAdder counter = counters.get(metric);
    return counter == null ? 0 : counter.sum();
  }

  /** How many requests with sends have ended. */
  long requests() {
    return requests.sum();
  }

  Latencies resultAge() {
    return resultAge;
  }

  Latencies recordToAcceptance() {
    return recordToAcceptance;
  }

  Latencies handoverToAcceptance() {
    return handoverToAcceptance;
  }
}
