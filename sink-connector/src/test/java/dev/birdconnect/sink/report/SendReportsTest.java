package dev.birdconnect.sink.report;

import static dev.birdconnect.sink.report.Outcomes.NOW;
import static dev.birdconnect.sink.report.Outcomes.P0;
import static dev.birdconnect.sink.report.Outcomes.P1;
import static dev.birdconnect.sink.report.Outcomes.PRIVATE_NUMBER;
import static dev.birdconnect.sink.report.Outcomes.answered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.sink.delivery.Acceptance;
import dev.birdconnect.sink.delivery.Rejection;
import dev.birdconnect.sink.position.RecordPosition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendReportsTest {

  private final MockProducer<byte[], byte[]> producer = Outcomes.producer();
  private SendReports reports = Outcomes.reports(producer);

  @AfterEach
  void close() {
    reports.close();
  }

  private ProducerRecord<byte[], byte[]> written(int index) {
    await().until(() -> producer.history().size() > index);
    return producer.history().get(index);
  }

  private JsonNode report(int index) {
    return Outcomes.json(written(index).value());
  }

  @Test
  void aSendIsCompleteOnlyWhenItsReportIsWritten() {
    reports.report(answered(P0, 7, "k"));
    reports.report(answered(P0, 8, "k"));
    written(1);
    assertThat(reports.takeComplete()).isEmpty();

    producer.completeNext();

    assertThat(reports.takeComplete())
        .singleElement()
        .satisfies(item -> assertThat(item.position()).isEqualTo(new RecordPosition(P0, 7)));
    assertThat(reports.takeComplete()).isEmpty();
    assertThat(reports.written()).isEqualTo(1);
  }

  @Test
  void anAcceptedSendIsReportedWithItsMessageAndTheServersTime() {
    reports.report(answered(P0, 7, "k"));

    assertThat(written(0).topic()).isEqualTo("reports");
    assertThat(written(0).key()).asString(StandardCharsets.UTF_8).isEqualTo("k");
    assertThat(report(0))
        .hasToString(
            """
            {"namespace":"shop","topic":"orders","partition":0,"offset":7,\
            "reference":"bk1:shop:orders:0:7:g","messageId":"message-7",\
            "workspaceId":"workspace","channelId":"channel","verdict":"ACCEPTED",\
            "knownBy":"ANSWER","reason":null,"attempts":2,"recordTimestamp":1700000000000,\
            "firstAttemptAt":%d,"finishedAt":1767322800123,"finishedAtClock":"SERVER"}"""
                .formatted(NOW.minusSeconds(30).toEpochMilli()));
  }

  @Test
  void aMessageThatOnlyTheListHasToldOfMayHaveNoId() {
    reports.report(
        new Acceptance<>(
            Outcomes.trial(P0, 7, "k"), Acceptance.Known.LIST, Optional.empty(), Optional.empty()));

    assertThat(report(0).get("knownBy").textValue()).isEqualTo("LIST");
    assertThat(report(0).get("messageId").isNull()).isTrue();
    assertThat(report(0).get("finishedAt").longValue())
        .isEqualTo(NOW.minusSeconds(10).toEpochMilli());
    assertThat(report(0).get("finishedAtClock").textValue()).isEqualTo("WORKER");
  }

  @Test
  void aRejectionTellsItsReasonAndADoubtThatRemainedIsUnknown() {
    reports.report(Outcomes.checked(P0, 7, "order-1", "no body"));
    reports.report(
        new Rejection<>(
            new RecordPosition(P0, 8),
            Outcomes.identity(P0, 8),
            "order-2",
            Outcomes.record(P0, 8, "k"),
            1,
            Reason.of("unknown outcome"),
            Rejection.Ground.DOUBT,
            Optional.of(Outcomes.trial(P0, 8, "k"))));

    JsonNode checked = report(0);
    assertThat(checked.get("verdict").textValue()).isEqualTo("REJECTED");
    assertThat(checked.get("knownBy").textValue()).isEqualTo("CHECK");
    assertThat(checked.get("reason").textValue()).isEqualTo("no body");
    assertThat(checked.get("reference").textValue()).isEqualTo("order-1");
    assertThat(checked.get("namespace").textValue()).isEqualTo("shop");
    assertThat(checked.get("attempts").intValue()).isZero();
    assertThat(checked.get("channelId").isNull()).isTrue();
    JsonNode doubt = report(1);
    assertThat(doubt.get("verdict").textValue()).isEqualTo("UNKNOWN");
    assertThat(doubt.get("knownBy").textValue()).isEqualTo("LIST");
    assertThat(doubt.get("reference").textValue()).isEqualTo("order-2");
    assertThat(doubt.get("attempts").intValue()).isEqualTo(2);
    assertThat(doubt.toString()).doesNotContain(PRIVATE_NUMBER);
  }

  @Test
  void aKeyOfBytesStaysAsItIsAndNoKeyIsNoKey() {
    reports.report(answered(P0, 7, new byte[] {1, -2, 3}));
    reports.report(answered(P0, 8, null));

    assertThat(written(0).key()).containsExactly(1, -2, 3);
    assertThat(written(1).key()).isNull();
  }

  @Test
  void aReportThatCannotBeWrittenFailsTheTask() {
    reports.report(answered(P0, 7, "k"));
    written(0);
    producer.errorNext(new TimeoutException("120 s have passed"));

    assertThatThrownBy(reports::takeComplete)
        .isInstanceOf(ConnectException.class)
        .hasMessage(
            "The report on the record at topic orders, partition 0, offset 7 could not be written to"
                + " reports (TimeoutException). Check the topic and the settings below report.,"
                + " then restart the task: the record is not sent again, its report is written.");
    assertThat(reports.failed()).isEqualTo(1);
  }

  @Test
  void aKeyThatCannotBeConvertedFailsTheTaskWithoutBeingQuoted() {
    reports.close();
    reports = Outcomes.reports(producer, new QuotingConverter());

    reports.report(answered(P0, 7, PRIVATE_NUMBER));
    await().until(() -> reports.failed() == 1);

    assertThatThrownBy(reports::takeComplete)
        .hasMessageContaining("report.key.converter cannot convert the record's key")
        .hasNoSuppressedExceptions()
        .satisfies(
            error -> {
              for (Throwable one = error; one != null; one = one.getCause()) {
                assertThat(one.getMessage()).doesNotContain(PRIVATE_NUMBER);
              }
            });
  }

  @Test
  void partitionsGivenUpAreWaitedForOnceAndForgotten() {
    reports.report(answered(P0, 7, "k"));
    reports.report(answered(P1, 7, "k"));
    written(1);

    reports.await(Set.of(P0), Duration.ZERO);
    reports.forget(Set.of(P0));
    producer.completeNext();
    producer.completeNext();

    assertThat(reports.takeComplete())
        .singleElement()
        .satisfies(item -> assertThat(item.position().partition()).isEqualTo(P1));
  }

  @Test
  void itWaitsUntilTheReportsAreWritten() {
    reports.report(answered(P0, 7, "k"));
    written(0);
    Thread writer = new Thread(producer::completeNext);
    writer.start();

    reports.await(Set.of(P0), Duration.ofMinutes(1));

    assertThat(reports.takeComplete()).hasSize(1);
  }

  @Test
  void afterCloseAReportFails() {
    reports.close();

    reports.report(answered(P0, 7, "k"));

    assertThat(producer.closed()).isTrue();
    assertThatThrownBy(reports::takeComplete).isInstanceOf(ConnectException.class);
  }

  /** Cannot convert anything, and says what. */
  private static final class QuotingConverter implements Converter {
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {}

    @Override
    public byte[] fromConnectData(String topic, Schema schema, Object value) {
      throw new DataException("What is " + value + "?", new DataException("Yes, " + value));
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte[] value) {
      throw new UnsupportedOperationException();
    }
  }
}
