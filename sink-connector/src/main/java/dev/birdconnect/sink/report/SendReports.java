package dev.birdconnect.sink.report;

import dev.birdconnect.sink.config.ReportConfig;
import dev.birdconnect.sink.delivery.Acceptance;
import dev.birdconnect.sink.delivery.Intake;
import dev.birdconnect.sink.delivery.Rejection;
import dev.birdconnect.sink.delivery.Timer;
import dev.birdconnect.sink.position.PartitionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.storage.Converter;

/**
 * Reports on sends, at least once each. A send is not finished before its report is written, so its
 * offset is not committed: after a crash the record is met again, found to have been sent, and
 * reported again. A report that the producer cannot write within its delivery time-out fails the
 * task; nothing is committed past it, and the restarted task goes on with it. What waits here is
 * unfinished, so the marks and the span that bound unfinished records bound it too.
 *
 * <p>Used by the task's thread only, except for the counters.
 */
public final class SendReports implements AutoCloseable {

  private final String topic;
  private final ReportMaker maker;
  private final ReportWriter writer;
  private final List<Report> underWay = new ArrayList<>();
  private final LongAdder written = new LongAdder();
  private final LongAdder failed = new LongAdder();

  private record Report(Intake<SinkRecord> item, CompletableFuture<Void> written) {
    boolean isOf(Set<PartitionId> partitions) {
      return partitions.contains(item.position().partition());
    }
  }

  SendReports(String topic, ReportMaker maker, ReportWriter writer) {
    this.topic = topic;
    this.maker = maker;
    this.writer = writer;
  }

  /**
   * Begins to report.
   *
   * @param config the settings
   * @param timer the clock of delivery
   * @param name name of the producer and its thread
   * @throws ConnectException when the producer cannot be started
   */
  public static SendReports start(ReportConfig config, Timer timer, String name) {
    Converter keys = config.keyConverter();
    Converter values = config.valueConverter();
    return new SendReports(
        config.topic(),
        new ReportMaker(timer, InstantSource.system()),
        new ReportWriter(config.topic(), producer(config, name), keys, values, name));
  }

  private static Producer<byte[], byte[]> producer(ReportConfig config, String name) {
    try {
      return new KafkaProducer<>(
          config.producer(name), new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException e) {
      String reason = String.valueOf((e.getCause() == null ? e : e.getCause()).getMessage());
      throw new ConnectException(
          "The producer of reports cannot be started: "
              + reason
              + ". Check the settings below "
              + ReportConfig.PRODUCER_PREFIX
              + ".",
          e);
    }
  }

  /** Reports a send whose message was made. */
  void report(Acceptance<SinkRecord> acceptance) {
    write(acceptance.trial().send(), acceptance.trial().send().record(), maker.of(acceptance));
  }

  /** Reports a record that was rejected. */
  void report(Rejection<SinkRecord> rejection) {
    write(rejection, rejection.record(), maker.of(rejection));
  }

  private void write(Intake<SinkRecord> item, SinkRecord record, SendReport report) {
    CompletableFuture<Void> done = writer.write(record, report);
    var unused =
        done.whenComplete((nothing, error) -> (error == null ? written : failed).increment());
    underWay.add(new Report(item, done));
  }

  /**
   * Takes the records whose report is written.
   *
   * @throws ConnectException when a report could not be written
   */
  List<Intake<SinkRecord>> takeComplete() {
    List<Intake<SinkRecord>> complete = new ArrayList<>();
    underWay.removeIf(
        report -> {
          boolean done = report.written().isDone();
          if (done) {
            checkWritten(report);
            complete.add(report.item());
          }
          return done;
        });
    return complete;
  }

  private void checkWritten(Report report) {
    try {
      report.written().join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ConnectException(
          "The report on the record at "
              + report.item().position()
              + " could not be written to "
              + topic
              + " ("
              + (cause instanceof UnreportableException
                  ? cause.getMessage()
                  : cause.getClass().getSimpleName())
              + "). Check the topic and the settings below report., then restart the task: the"
              + " record is not sent again, its report is written.",
          cause);
    }
  }

  /** Waits, up to {@code patience} in all, until the reports of these partitions have ended. */
  void await(Set<PartitionId> partitions, Duration patience) {
    CompletableFuture<?>[] open =
        underWay.stream()
            .filter(report -> report.isOf(partitions))
            .map(Report::written)
            .toArray(CompletableFuture<?>[]::new);
    try {
      var unused = CompletableFuture.allOf(open).get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // What failed is told by takeComplete; what is late is reported again by the next owner.
    }
  }

  /** Stops following the reports of partitions that are given up. */
  void forget(Set<PartitionId> partitions) {
    underWay.removeIf(report -> report.isOf(partitions));
  }

  /** How many reports have been written. */
  long written() {
    return written.sum();
  }

  /** How many reports could not be written. */
  long failed() {
    return failed.sum();
  }

  @Override
  public void close() {
    writer.close();
  }
}
