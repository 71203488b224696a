package dev.birdconnect.sink;

import dev.birdconnect.client.request.InvalidRequestException;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.sink.config.NullValues;
import dev.birdconnect.sink.config.SinkConfig;
import dev.birdconnect.sink.delivery.Intake;
import dev.birdconnect.sink.delivery.Rejection;
import dev.birdconnect.sink.delivery.Send;
import dev.birdconnect.sink.delivery.Unsent;
import dev.birdconnect.sink.field.UnfitRecordException;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.position.RecordPosition;
import dev.birdconnect.sink.record.Addresses;
import dev.birdconnect.sink.record.OrderKeys;
import dev.birdconnect.sink.record.RecordFields;
import dev.birdconnect.sink.record.RecordWeight;
import dev.birdconnect.sink.record.References;
import dev.birdconnect.sink.record.RequestFormat;
import dev.birdconnect.sink.record.SendFormat;
import dev.birdconnect.sink.record.TemplateFormat;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;

/** Makes of a record what delivery takes in. */
final class RecordIntake {

  private final Addresses addresses;
  private final References references;
  private final String namespace;
  private final NullValues nullValues;
  private final SendFormat format;
  private final OrderKeys orderKeys;
  private final TimeBound timeBound;

  RecordIntake(SinkConfig config) {
    this.addresses = new Addresses(config.addresses().workspace(), config.addresses().channel());
    this.references = new References(config.references().from(), config.references().path());
    this.namespace = config.referenceNamespace();
    this.nullValues = config.nullValues();
    this.format =
        switch (config.messages().format()) {
          case REQUEST -> new RequestFormat();
          case TEMPLATE -> new TemplateFormat(config.messages().template().orElseThrow());
        };
    this.orderKeys = new OrderKeys(config.orderBy());
    this.timeBound = new TimeBound(config.doubtTimestampSlack());
  }

  /**
   * The record as a send, as a rejection, or as one that needs no message.
   *
   * @throws ConnectException for a tombstone that has to fail the task
   */
  Intake<SinkRecord> of(SinkRecord record) {
    RecordPosition position = position(record);
    if (record.value() == null) {
      return tombstone(position, record);
    }
    long weight = RecordWeight.of(record);
    try {
      RecordReference reference = reference(position, record);
      RecordFields fields = new RecordFields(record);
      Addresses.Chosen chosen = addresses.of(record, fields);
      SendRequest request = references.label(format.toRequest(record, fields), reference, fields);
      request.checkSize();
      return new Send<>(
          position,
          reference,
          timeBound.of(record),
          orderKeys.of(record, request),
          chosen.address(),
          chosen.origin(),
          request,
          record,
          weight);
    } catch (UnfitRecordException e) {
      return new Rejection<>(position, record, weight, Reason.of(e.complaint()));
    } catch (InvalidRequestException e) {
      return new Rejection<>(position, record, weight, Reason.of(String.valueOf(e.getMessage())));
    }
  }

  private Intake<SinkRecord> tombstone(RecordPosition position, SinkRecord record) {
    return switch (nullValues) {
      case IGNORE -> new Unsent<>(position);
      case REPORT ->
          new Rejection<>(
              position, record, RecordWeight.of(record), Reason.of("it has no value (tombstone)"));
      case FAIL ->
          throw new ConnectException(
              "The record at "
                  + position
                  + " has no value (tombstone). Set "
                  + SinkConfig.NULL_VALUES
                  + " to ignore or report to go on past such records.");
    };
  }

  private RecordReference reference(RecordPosition position, SinkRecord record) {
    return new RecordReference(
        namespace,
        position.partition().topic(),
        position.partition().number(),
        position.offset(),
        record.timestamp() == null
            ? RecordReference.NO_GUARD
            : RecordReference.guard(record.timestamp()));
  }

  /** Where the record stands in Kafka, whatever transforms made of topic and partition. */
  static RecordPosition position(SinkRecord record) {
    return new RecordPosition(
        new PartitionId(record.originalTopic(), record.originalKafkaPartition()),
        record.originalKafkaOffset());
  }
}
