package dev.birdconnect.sink.metrics;

import dev.birdconnect.common.metrics.Latencies;
import dev.birdconnect.sink.upload.UploadObserver;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Counts uploads of media, and how long they take. */
public final class MediaCounters implements UploadObserver {

  private static final long NANOS_PER_MICRO = 1000;

  private final LongAdder forms = new LongAdder();
  private final LongAdder uploads = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder shared = new LongAdder();
  private final Latencies times;

  /**
   * @param nanoTime a clock that only goes forward
   */
  public MediaCounters(LongSupplier nanoTime) {
    this.times = new Latencies(nanoTime);
  }

  @Override
  public void formAsked() {
    forms.increment();
  }

  @Override
  public void uploaded(long size, long nanos) {
    uploads.increment();
    bytes.add(size);
    times.record(nanos / NANOS_PER_MICRO);
  }

  @Override
  public void failed() {
    failures.increment();
  }

  @Override
  public void shared() {
    shared.increment();
  }

  long forms() {
    return forms.sum();
  }

  long uploads() {
    return uploads.sum();
  }

  long bytes() {
    return bytes.sum();
  }

  long failures() {
    return failures.sum();
  }

  long sharedUploads() {
    return shared.sum();
  }

  Latencies times() {
    return times;
  }
}
