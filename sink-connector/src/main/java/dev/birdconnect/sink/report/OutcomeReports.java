package dev.birdconnect.sink.report;

import dev.birdconnect.sink.delivery.DeliveryEngine;
import dev.birdconnect.sink.delivery.Rejection;
import dev.birdconnect.sink.position.PartitionId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Everything that has to be written about a record before it is finished: for a rejected one first
 * the dead letter, then, where they are wanted, the report. Used by the task's thread only.
 */
public final class OutcomeReports implements AutoCloseable {

  private final ErrantReports deadLetters;
  private final Optional<SendReports> reports;

  /**
   * @param deadLetters where rejected records go
   * @param reports where every outcome goes; empty where nothing is reported; closed together with
   *     this
   */
  public OutcomeReports(ErrantReports deadLetters, Optional<SendReports> reports) {
    this.deadLetters = deadLetters;
    this.reports = reports;
  }

  /**
   * Hands on what has ended, and finishes the records about which everything is written.
   *
   * @throws ConnectException when something cannot be written
   */
  public void pass(DeliveryEngine<SinkRecord> engine) {
    engine.takeRejections().forEach(deadLetters::report);
    List<Rejection<SinkRecord>> buried = deadLetters.takeComplete();
    if (reports.isEmpty()) {
      engine.reported(buried);
      return;
    }
    SendReports topic = reports.get();
    buried.forEach(topic::report);
    engine.takeAcceptances().forEach(topic::report);
    engine.reported(topic.takeComplete());
  }

  /** Waits for the reports on records of these partitions, up to {@code patience} in all. */
  public void await(Set<PartitionId> partitions, Duration patience) {
    reports.ifPresent(topic -> topic.await(partitions, patience));
  }

  /** Drops what is under way for partitions that are given up. */
  public void forget(Set<PartitionId> gone) {
    deadLetters.forget(gone);
    reports.ifPresent(topic -> topic.forget(gone));
  }

  /** How many records were rejected; for any thread, as are the other counts. */
  public long rejected() {
    return deadLetters.rejected();
  }

  /** How many reports have been written. */
  public long written() {
    return reports.map(SendReports::written).orElse(0L);
  }

  /** How many reports could not be written. */
  public long failed() {
    return reports.map(SendReports::failed).orElse(0L);
  }

  @Override
  public void close() {
    reports.ifPresent(SendReports::close);
  }
}
