package dev.birdconnect.sink.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.InvalidRequestException;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.sink.delivery.Acceptance;
import dev.birdconnect.sink.delivery.Rejection;
import dev.birdconnect.sink.delivery.Send;
import dev.birdconnect.sink.delivery.Timer;
import dev.birdconnect.sink.delivery.Trial;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.position.RecordPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.StringConverter;

/** Sends that have ended, and what writes reports on them, for tests. */
final class Outcomes {

  static final PartitionId P0 = new PartitionId("orders", 0);
  static final PartitionId P1 = new PartitionId("orders", 1);
  static final long SECOND = 1_000_000_000;
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final String PRIVATE_NUMBER = "+31612345678";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Outcomes() {}

  /** Delivery's clock, which stands at 100 s. */
  static final class StillTimer implements Timer {
    @Override
    public long nanoTime() {
      return 100 * SECOND;
    }

    @Override
    public void after(Duration delay, Runnable action) {}

    @Override
    public void close() {}
  }

  static MockProducer<byte[], byte[]> producer() {
    return new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static SendReports reports(MockProducer<byte[], byte[]> producer) {
    StringConverter keys = new StringConverter();
    keys.configure(Map.of(), true);
    return reports(producer, keys);
  }

  static SendReports reports(MockProducer<byte[], byte[]> producer, Converter keys) {
    JsonConverter values = new JsonConverter();
    values.configure(Map.of("schemas.enable", "false"), false);
    return new SendReports(
        "reports",
        new ReportMaker(new StillTimer(), () -> NOW),
        new ReportWriter("reports", producer, keys, values, "test-report"));
  }

  static SinkRecord record(PartitionId partition, long offset, Object key) {
    return new SinkRecord(
        partition.topic(),
        partition.number(),
        key instanceof String ? Schema.STRING_SCHEMA : null,
        key,
        null,
        "text to " + PRIVATE_NUMBER,
        offset,
        1_700_000_000_000L,
        TimestampType.CREATE_TIME);
  }

  static RecordReference identity(PartitionId partition, long offset) {
    return new RecordReference("shop", partition.topic(), partition.number(), offset, "g");
  }

  /** A rejection by a check of a record that shows this label. */
  static Rejection<SinkRecord> checked(
      PartitionId partition, long offset, String label, String reason) {
    return new Rejection<>(
        new RecordPosition(partition, offset),
        identity(partition, offset),
        label,
        record(partition, offset, "k"),
        1,
        Reason.of(reason));
  }

  static Send<SinkRecord> send(PartitionId partition, long offset, Object key) {
    RecordReference reference = identity(partition, offset);
    return new Send<>(
        new RecordPosition(partition, offset),
        reference,
        Optional.empty(),
        Optional.ofNullable(key),
        new ChannelAddress("workspace", "channel"),
        AddressOrigin.CONFIGURED,
        request().withReference(reference.label()),
        record(partition, offset, key),
        10);
  }

  private static SendRequest request() {
    try {
      return SendRequest.of(
          MAPPER.readTree(
              """
              {"receiver": {"contacts": [{"id": "c"}]},
               "body": {"type": "text", "text": {"text": "x"}}}"""));
    } catch (JsonProcessingException | InvalidRequestException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tried twice, 30 s and some time before the clock's now; ended 10 s before it. */
  static Trial<SinkRecord> trial(PartitionId partition, long offset, Object key) {
    return new Trial<>(send(partition, offset, key), 2, OptionalLong.of(70 * SECOND), 90 * SECOND);
  }

  static Acceptance<SinkRecord> answered(PartitionId partition, long offset, Object key) {
    return new Acceptance<>(
        trial(partition, offset, key),
        Acceptance.Known.ANSWER,
        Optional.of("message-" + offset),
        Optional.of(Instant.parse("2026-01-02T03:00:00.123Z")));
  }

  static JsonNode json(byte[] value) {
    try {
      return MAPPER.readTree(value);
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
