package dev.birdconnect.sink;

import dev.birdconnect.client.request.InvalidRequestException;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.sink.config.NullValues;
import dev.birdconnect.sink.config.SinkConfig;
import dev.birdconnect.sink.delivery.Intake;
import dev.birdconnect.sink.delivery.Preparation;
import dev.birdconnect.sink.delivery.Rejection;
import dev.birdconnect.sink.delivery.Send;
import dev.birdconnect.sink.delivery.Unsent;
import dev.birdconnect.sink.field.UnfitRecordException;
import dev.birdconnect.sink.media.EmbeddedMedia;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.position.RecordPosition;
import dev.birdconnect.sink.record.Addresses;
import dev.birdconnect.sink.record.MappedRequest;
import dev.birdconnect.sink.record.OrderKeys;
import dev.birdconnect.sink.record.RecordFields;
import dev.birdconnect.sink.record.RecordWeight;
import dev.birdconnect.sink.record.References;
import dev.birdconnect.sink.record.RequestFormat;
import dev.birdconnect.sink.record.SendFormat;
import dev.birdconnect.sink.record.TemplateFormat;
import dev.birdconnect.sink.upload.MediaPreparations;
import java.util.List;
import java.util.Optional;
import okio.ByteString;
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
  private final MediaPreparations preparations;
  private long guardedTime;
  private String guard = RecordReference.guard(guardedTime);

  RecordIntake(SinkConfig config, MediaPreparations preparations) {
    this.preparations = preparations;
    Optional<String> mediaType = config.media().contentType();
    this.addresses = new Addresses(config.addresses().workspace(), config.addresses().channel());
    this.references = new References(config.references().from(), config.references().path());
    this.namespace = config.referenceNamespace();
    this.nullValues = config.nullValues();
    this.format =
        switch (config.messages().format()) {
          case REQUEST -> new RequestFormat(mediaType);
          case TEMPLATE ->
              new TemplateFormat(config.messages().template().orElseThrow(), mediaType);
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
    RecordReference identity = identity(position, record);
    RecordFields fields = new RecordFields(record);
    if (record.value() == null) {
      return tombstone(position, identity, record, fields);
    }
    Optional<SendRequest> labelled = Optional.empty();
    try {
      Addresses.Chosen chosen = addresses.of(record, fields);
      MappedRequest mapped = format.toRequest(record, fields);
      SendRequest request = references.label(mapped.request(), identity, fields);
      labelled = Optional.of(request);
      request.checkSize();
      return new Send<>(
          position,
          identity,
          timeBound.of(record),
          orderKeys.of(record, request),
          chosen.address(),
          chosen.origin(),
          request,
          preparation(chosen, request, mapped.media(), record),
          record,
          RecordWeight.of(record));
    } catch (UnfitRecordException | InvalidRequestException e) {
      String reference =
          labelled
              .flatMap(SendRequest::reference)
              .orElseGet(() -> references.shown(identity, fields));
      return rejection(position, identity, reference, record, String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      // One record must not hold up its partition for ever, whatever a converter made of it.
      return new Rejection<>(
          position,
          identity,
          identity.label(),
          record,
          RecordWeight.LEAST,
          Reason.of(
              "the value: it could not be turned into a request ("
                  + e.getClass().getSimpleName()
                  + "); correct the record, or use another converter"));
    }
  }

  private Optional<Preparation> preparation(
      Addresses.Chosen chosen,
      SendRequest request,
      List<EmbeddedMedia.Found> media,
      SinkRecord record) {
    return media.isEmpty()
        ? Optional.empty()
        : Optional.of(
            preparations.of(
                chosen.address(),
                chosen.origin(),
                request,
                media.stream().map(EmbeddedMedia.Found::medium).toList(),
                index -> content(record, index)));
  }

  /** The bytes are read from the record again, so that a send that waits does not hold them. */
  private ByteString content(SinkRecord record, int index) {
    try {
      return format.toRequest(record, new RecordFields(record)).media().get(index).content();
    } catch (UnfitRecordException e) {
      throw new IllegalStateException("A record was changed after it was taken in.", e);
    }
  }

  private Intake<SinkRecord> tombstone(
      RecordPosition position, RecordReference identity, SinkRecord record, RecordFields fields) {
    return switch (nullValues) {
      case IGNORE -> new Unsent<>(position);
      case REPORT ->
          rejection(
              position,
              identity,
              references.shown(identity, fields),
              record,
              "it has no value (tombstone)");
      case FAIL ->
          throw new ConnectException(
              "The record at "
                  + position
                  + " has no value (tombstone). Set "
                  + SinkConfig.NULL_VALUES
                  + " to ignore or report to go on past such records.");
    };
  }

  private static Rejection<SinkRecord> rejection(
      RecordPosition position,
      RecordReference identity,
      String reference,
      SinkRecord record,
      String complaint) {
    return new Rejection<>(
        position, identity, reference, record, RecordWeight.of(record), Reason.of(complaint));
  }

  private RecordReference identity(RecordPosition position, SinkRecord record) {
    return new RecordReference(
        namespace,
        position.partition().topic(),
        position.partition().number(),
        position.offset(),
        record.timestamp() == null ? RecordReference.NO_GUARD : guard(record.timestamp()));
  }

  /** Many records in a row have the same time. */
  private String guard(long timestampMillis) {
    if (timestampMillis != guardedTime) {
      guardedTime = timestampMillis;
      guard = RecordReference.guard(timestampMillis);
    }
    return guard;
  }

  /** Where the record stands in Kafka, whatever transforms made of topic and partition. */
  static RecordPosition position(SinkRecord record) {
    return new RecordPosition(
        new PartitionId(record.originalTopic(), record.originalKafkaPartition()),
        record.originalKafkaOffset());
  }
}
