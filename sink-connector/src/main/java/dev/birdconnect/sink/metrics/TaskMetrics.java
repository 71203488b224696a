package dev.birdconnect.sink.metrics;

import dev.birdconnect.common.metrics.AllowedRate;
import dev.birdconnect.common.metrics.MetricReader;
import dev.birdconnect.common.metrics.UsedShare;
import dev.birdconnect.sink.delivery.DeliveryLoad;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Reads every metric of a task. */
public final class TaskMetrics implements MetricReader<SinkMetric> {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double P50 = 50;
  private static final double P95 = 95;
  private static final double P99 = 99;

  private final DeliveryCounters counters;
  private final MediaCounters media;
  private final Supplier<DeliveryLoad> load;
  private final ReportCounts reports;
  private final AllowedRate allowed;
  private final UsedShare usedShare;

  /**
   * @param counters what has happened
   * @param media what has happened to media
   * @param load what is in hand
   * @param reports what has been written about records
   * @param allowed the allowed rate; closed together with this
   * @param nanoTime a clock that only goes forward
   */
  public TaskMetrics(
      DeliveryCounters counters,
      MediaCounters media,
      Supplier<DeliveryLoad> load,
      ReportCounts reports,
      AllowedRate allowed,
      LongSupplier nanoTime) {
    this.counters = counters;
    this.media = media;
    this.load = load;
    this.reports = reports;
    this.allowed = allowed;
    this.usedShare = new UsedShare(nanoTime, () -> counters.requests() + media.forms(), allowed);
  }

  @Override
  public List<SinkMetric> all() {
    return List.of(SinkMetric.values());
  }

  @Override
  public double read(SinkMetric metric) {
    return switch (metric) {
      case ATTEMPTS_ACCEPTED_TOTAL,
          ATTEMPTS_REJECTED_TOTAL,
          ATTEMPTS_NOT_PROCESSED_TOTAL,
          ATTEMPTS_UNKNOWN_TOTAL,
          ATTEMPTS_DENIED_TOTAL,
          ATTEMPTS_TAKEN_TOTAL,
          BATCHES_TOTAL,
          BATCH_SENDS_TOTAL,
          BATCHES_REFUSED_TOTAL,
          RESULTS_SEEN_TOTAL,
          RESULTS_REJECTED_TOTAL,
          RESULT_PAGES_READ_TOTAL,
          RETRIES_TOTAL,
          DOUBTS_FOUND_TOTAL,
          DOUBTS_SENT_AGAIN_TOTAL,
          DOUBTS_REMAINED_SENT_TOTAL,
          DOUBTS_REMAINED_REPORTED_TOTAL,
          DOUBTS_REMAINED_FAILED_TOTAL,
          TAKEOVER_FOUND_TOTAL,
          LIST_PAGES_READ_TOTAL ->
          counters.count(metric);
      case RECORDS_REJECTED_TOTAL -> reports.rejected().getAsLong();
      case REPORTS_WRITTEN_TOTAL -> reports.written().getAsLong();
      case REPORTS_FAILED_TOTAL -> reports.failed().getAsLong();
      case MEDIA_UPLOADS_TOTAL -> media.uploads();
      case MEDIA_UPLOADED_BYTES_TOTAL -> media.bytes();
      case MEDIA_UPLOADS_SHARED_TOTAL -> media.sharedUploads();
      case MEDIA_UPLOADS_FAILED_TOTAL -> media.failures();
      case MEDIA_FORMS_TOTAL -> media.forms();
      case MEDIA_UPLOAD_P50_MS -> media.times().percentile(P50);
      case MEDIA_UPLOAD_P95_MS -> media.times().percentile(P95);
      case MEDIA_UPLOAD_P99_MS -> media.times().percentile(P99);
      case SENDS_IN_FLIGHT -> load.get().inFlight();
      case SENDS_PREPARING -> load.get().preparing();
      case LANES_READY -> load.get().ready();
      case LANES_BACKING_OFF -> load.get().backingOff();
      case LANES_HELD -> load.get().held();
      case LANES_BEYOND_SPAN -> load.get().beyondSpan();
      case DOUBTS_OPEN -> load.get().doubts();
      case RESULTS_WAITING -> load.get().resultsWaiting();
      case MOST_ATTEMPTS -> load.get().mostAttempts();
      case RECORDS_UNFINISHED -> load.get().unfinished();
      case OLDEST_UNFINISHED_AGE_MS -> load.get().oldestNanos() / NANOS_PER_MILLI;
      case RATE_ALLOWED_PER_SECOND -> allowed.perSecond();
      case RATE_USED_SHARE -> usedShare.read();
      case RESULT_AGE_P50_MS -> counters.resultAge().percentile(P50);
      case RESULT_AGE_P95_MS -> counters.resultAge().percentile(P95);
      case RESULT_AGE_P99_MS -> counters.resultAge().percentile(P99);
      case RECORD_TO_ACCEPTANCE_P50_MS -> counters.recordToAcceptance().percentile(P50);
      case RECORD_TO_ACCEPTANCE_P95_MS -> counters.recordToAcceptance().percentile(P95);
      case RECORD_TO_ACCEPTANCE_P99_MS -> counters.recordToAcceptance().percentile(P99);
      case HANDOVER_TO_ACCEPTANCE_P50_MS -> counters.handoverToAcceptance().percentile(P50);
      case HANDOVER_TO_ACCEPTANCE_P95_MS -> counters.handoverToAcceptance().percentile(P95);
      case HANDOVER_TO_ACCEPTANCE_P99_MS -> counters.handoverToAcceptance().percentile(P99);
    };
  }

  @Override
  public void close() {
    allowed.close();
  }
}
