package dev.birdconnect.sink.report;

import dev.birdconnect.sink.delivery.Acceptance;
import dev.birdconnect.sink.delivery.Rejection;
import dev.birdconnect.sink.delivery.Send;
import dev.birdconnect.sink.delivery.Timer;
import dev.birdconnect.sink.delivery.Trial;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/** Makes reports of outcomes. */
final class ReportMaker {

  private final Timer timer;
  private final InstantSource clock;

  /**
   * @param timer the clock of delivery
   * @param clock the worker's clock
   */
  ReportMaker(Timer timer, InstantSource clock) {
    this.timer = timer;
    this.clock = clock;
  }

  SendReport of(Acceptance<SinkRecord> acceptance) {
    Trial<SinkRecord> trial = acceptance.trial();
    Send<SinkRecord> send = trial.send();
    return new SendReport(
        send.identity().namespace(),
        send.position(),
        send.messageReference(),
        acceptance.messageId(),
        Optional.of(send.address().workspaceId()),
        Optional.of(send.address().channelId()),
        SendReport.Verdict.ACCEPTED,
        switch (acceptance.known()) {
          case ANSWER -> SendReport.KnownBy.ANSWER;
          case LIST -> SendReport.KnownBy.LIST;
        },
        Optional.empty(),
        trial.attempts(),
        timestamp(send.record()),
        firstAttempt(trial),
        acceptance.createdAt().orElseGet(() -> at(trial.endedAt())),
        acceptance.createdAt().isPresent() ? SendReport.Clock.SERVER : SendReport.Clock.WORKER);
  }

  SendReport of(Rejection<SinkRecord> rejection) {
    Optional<Trial<SinkRecord>> trial = rejection.trial();
    return new SendReport(
        rejection.identity().namespace(),
        rejection.position(),
        rejection.messageReference(),
        Optional.empty(),
        trial.map(one -> one.send().address().workspaceId()),
        trial.map(one -> one.send().address().channelId()),
        rejection.ground() == Rejection.Ground.DOUBT
            ? SendReport.Verdict.UNKNOWN
            : SendReport.Verdict.REJECTED,
        switch (rejection.ground()) {
          case CHECK -> SendReport.KnownBy.CHECK;
          case ANSWER -> SendReport.KnownBy.ANSWER;
          case LIST, DOUBT -> SendReport.KnownBy.LIST;
        },
        Optional.of(rejection.reason().sentence()),
        trial.map(Trial::attempts).orElse(0),
        timestamp(rejection.record()),
        trial.flatMap(this::firstAttempt),
        trial.map(one -> at(one.endedAt())).orElseGet(clock::instant),
        SendReport.Clock.WORKER);
  }

  private static Optional<Instant> timestamp(SinkRecord record) {
    return Optional.ofNullable(record.timestamp()).map(Instant::ofEpochMilli);
  }

  private Optional<Instant> firstAttempt(Trial<SinkRecord> trial) {
    return trial.firstAttemptAt().isPresent()
        ? Optional.of(at(trial.firstAttemptAt().getAsLong()))
        : Optional.empty();
  }

  /** What the worker's clock showed at a time of delivery's clock. */
  private Instant at(long nanos) {
    return clock.instant().minusNanos(timer.nanoTime() - nanos);
  }
}
