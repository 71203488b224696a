package dev.birdconnect.sink.report;

import dev.birdconnect.sink.delivery.Rejection;
import dev.birdconnect.sink.position.PartitionId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Hands rejected records to Connect's errant-record reporter and follows the reports to their end.
 * Used by the task's thread only.
 */
public final class ErrantReports {

  private final Optional<ErrantRecordReporter> reporter;
  private final List<Report> underWay = new ArrayList<>();
  private final LongAdder rejected = new LongAdder();

  private record Report(Rejection<SinkRecord> rejection, Future<Void> written) {}

  /**
   * @param reporter Connect's reporter; empty when no dead letter queue is set up
   */
  public ErrantReports(Optional<ErrantRecordReporter> reporter) {
    this.reporter = reporter;
  }

  /**
   * Reports a record.
   *
   * @throws ConnectException when there is nobody to report to
   */
  public void report(Rejection<SinkRecord> rejection) {
    RejectedRecordException reason = new RejectedRecordException(rejection);
    if (reporter.isEmpty()) {
      throw new ConnectException(
          reason.getMessage()
              + " No dead letter queue takes it, so the task stops. Correct the record, or set"
              + " errors.tolerance=all and errors.deadletterqueue.topic.name.",
          reason);
    }
    rejected.increment();
    underWay.add(new Report(rejection, reporter.get().report(rejection.record(), reason)));
  }

  /**
   * Takes the rejections whose report is complete.
   *
   * @throws ConnectException when a report could not be written
   */
  public List<Rejection<SinkRecord>> takeComplete() {
    if (underWay.isEmpty()) {
      return List.of();
    }
    List<Rejection<SinkRecord>> complete = new ArrayList<>();
    for (Iterator<Report> reports = underWay.iterator(); reports.hasNext(); ) {
      Report report = reports.next();
      if (report.written().isDone()) {
        reports.remove();
        checkWritten(report);
        complete.add(report.rejection());
      }
    }
    return complete;
  }

  private static void checkWritten(Report report) {
    try {
      report.written().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notWritten(report, e);
    } catch (ExecutionException e) {
      throw notWritten(report, e.getCause() == null ? e : e.getCause());
    }
  }

  private static ConnectException notWritten(Report report, Throwable cause) {
    return new ConnectException(
        "The report on the record at "
            + report.rejection().position()
            + " could not be written. Check the topic of the dead letter queue, then restart the"
            + " task.",
        cause);
  }

  /** How many records have been reported; for any thread. */
  long rejected() {
    return rejected.sum();
  }

  /** Drops what is under way for partitions that are given up. */
  public void forget(Set<PartitionId> gone) {
    underWay.removeIf(report -> gone.contains(report.rejection().position().partition()));
  }
}
