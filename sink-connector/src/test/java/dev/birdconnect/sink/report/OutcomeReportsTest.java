package dev.birdconnect.sink.report;

import static dev.birdconnect.sink.report.Outcomes.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.message.MessageStatus;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.sink.config.DoubtPolicy;
import dev.birdconnect.sink.delivery.BatchRules;
import dev.birdconnect.sink.delivery.DeliveryEngine;
import dev.birdconnect.sink.delivery.DeliveryObserver;
import dev.birdconnect.sink.delivery.DoubtRules;
import dev.birdconnect.sink.delivery.RetrySchedule;
import dev.birdconnect.sink.delivery.Unsent;
import dev.birdconnect.sink.delivery.UnusedApi;
import dev.birdconnect.sink.position.RecordPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutcomeReportsTest {

  private final FakeApi api = new FakeApi();
  private final MockProducer<byte[], byte[]> producer = Outcomes.producer();
  private final CompletableFuture<Void> deadLetter = new CompletableFuture<>();
  private final OutcomeReports reports =
      new OutcomeReports(
          new ErrantReports(Optional.of((record, error) -> deadLetter)),
          Optional.of(Outcomes.reports(producer)));
  private final DeliveryEngine<SinkRecord> engine =
      new DeliveryEngine<>(
          api,
          api,
          new Outcomes.StillTimer(),
          10,
          10,
          BatchRules.SINGLE,
          new RetrySchedule(Duration.ofMillis(1), Duration.ofMillis(1), () -> 0),
          new DoubtRules("shop", DoubtPolicy.REPORT, Duration.ZERO, Duration.ZERO, 10),
          true,
          DeliveryObserver.none());

  @AfterEach
  void close() {
    engine.close();
    reports.close();
  }

  @Test
  void anAcceptedRecordIsUnfinishedUntilItsReportIsWrittenButItsLaneGoesOn() {
    engine.open(List.of(P0));
    engine.seen();
    engine.accept(List.of(Outcomes.send(P0, 0, "k"), Outcomes.send(P0, 1, "k")));
    assertThat(api.sent).as("both, one after the other").hasSize(2);

    reports.pass(engine);
    await().until(() -> producer.history().size() == 2);
    reports.pass(engine);
    assertThat(engine.oldestUnfinished(P0)).isEqualTo(OptionalLong.of(0));

    producer.completeNext();
    reports.pass(engine);
    assertThat(engine.oldestUnfinished(P0)).isEqualTo(OptionalLong.of(1));

    producer.completeNext();
    reports.pass(engine);
    assertThat(engine.unfinished()).isZero();
    assertThat(reports.written()).isEqualTo(2);
  }

  @Test
  void whatAnEarlierOwnerHasSentIsReportedWithItsMessageAndNotSentAgain() {
    api.listed.add(made("found", Outcomes.send(P0, 0, "k").reference()));
    engine.open(List.of(P0));
    engine.seen();
    engine.accept(List.of(Outcomes.send(P0, 0, "k")));

    reports.pass(engine);
    await().until(() -> producer.history().size() == 1);

    assertThat(api.sent).isEmpty();
    JsonNode report = Outcomes.json(producer.history().get(0).value());
    assertThat(report.get("knownBy").textValue()).isEqualTo("LIST");
    assertThat(report.get("messageId").textValue()).isEqualTo("found");
    assertThat(report.get("attempts").intValue()).isZero();
    assertThat(engine.unfinished()).isEqualTo(1);
  }

  @Test
  void aRejectedRecordIsReportedOnceItsDeadLetterIsWritten() {
    engine.open(List.of(P0));
    engine.accept(List.of(Outcomes.checked(P0, 0, "order-1", "it has no body")));

    reports.pass(engine);
    reports.pass(engine);
    assertThat(producer.history()).isEmpty();
    deadLetter.complete(null);
    reports.pass(engine);
    await().until(() -> producer.history().size() == 1);
    assertThat(engine.unfinished()).isEqualTo(1);
    producer.completeNext();
    reports.pass(engine);

    assertThat(engine.unfinished()).isZero();
    assertThat(reports.rejected()).isEqualTo(1);
  }

  @Test
  void aTombstoneThatIsIgnoredGetsNoReport() {
    engine.open(List.of(P0));
    engine.accept(List.of(new Unsent<>(new RecordPosition(P0, 0))));

    reports.pass(engine);

    assertThat(engine.unfinished()).isZero();
    assertThat(producer.history()).isEmpty();
    assertThat(reports.written()).isZero();
  }

  private static Message made(String id, String reference) {
    return new Message(
        id,
        "channel",
        new MessageStatus("accepted"),
        Instant.EPOCH,
        Instant.EPOCH,
        JsonNodeFactory.instance.objectNode().put("reference", reference));
  }

  /** Accepts everything at once. */
  private static final class FakeApi extends UnusedApi {
    private final List<String> sent = new ArrayList<>();
    private final List<Message> listed = new ArrayList<>();

    @Override
    public ApiCall<Verdict> send(
        ChannelAddress address,
        AddressOrigin origin,
        SendRequest request,
        BooleanSupplier mayLeave) {
      String reference = request.reference().orElseThrow();
      sent.add(reference);
      return ended(new Verdict.Accepted(made("id", reference), Optional.empty()));
    }

    @Override
    public ApiCall<ReadOutcome<MessagePage>> messages(ChannelAddress address, ListQuery query) {
      return ended(
          new ReadOutcome.Found<>(new MessagePage(listed, Optional.empty()), Optional.empty()));
    }
  }
}
