package dev.birdconnect.sink;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.sink.config.NullValues;
import dev.birdconnect.sink.config.SinkConfig;
import dev.birdconnect.sink.delivery.Intake;
import dev.birdconnect.sink.delivery.Rejection;
import dev.birdconnect.sink.delivery.Send;
import dev.birdconnect.sink.delivery.Unsent;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.position.RecordPosition;
import dev.birdconnect.sink.record.OrderKeys;
import dev.birdconnect.sink.record.RecordWeight;
import dev.birdconnect.sink.record.RequestFormat;
import dev.birdconnect.sink.record.SendFormat;
import dev.birdconnect.sink.record.UnfitRecordException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;

/** Makes of a record what delivery takes in. */
final class RecordIntake {

  private final ChannelAddress channel;
  private final String namespace;
  private final NullValues nullValues;
  private final SendFormat format;
  private final OrderKeys orderKeys;
  private final TimeBound timeBound;

  RecordIntake(SinkConfig config) {
    this.channel = config.channel();
    this.namespace = config.referenceNamespace();
    this.nullValues = config.nullValues();
    this.format =
        switch (config.messageFormat()) {
          case REQUEST -> new RequestFormat();
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
      SendRequest request = format.toRequest(record).withReference(reference.label());
      return new Send<>(
          position,
          reference,
          timeBound.of(record),
          orderKeys.of(record, request),
          channel,
          AddressOrigin.CONFIGURED,
          request,
          record,
          weight);
    } catch (UnfitRecordException e) {
      return new Rejection<>(position, record, weight, Reason.of(e.complaint()));
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
