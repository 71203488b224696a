package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.position.RecordPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Kafka's end of the model: a partition, its records, and what its group has committed. */
final class ModelLog {

  /** Four records to a span. */
  private static final long STRIDE = RecordReference.SPAN / 4;

  final PartitionId id;
  private final List<Integer> keys = new ArrayList<>();
  boolean owned;
  private long position;
  private long committed;

  ModelLog(PartitionId id) {
    this.id = id;
  }

  void produce(int key) {
    keys.add(key);
  }

  int size() {
    return keys.size();
  }

  /** Whether all was handed over that was produced. */
  boolean readToItsEnd() {
    return position == size() * STRIDE;
  }

  /** The next record, as the sink takes it in. */
  Intake<String> handOver() {
    Intake<String> record = record(position);
    position += STRIDE;
    return record;
  }

  /** Offsets are handed over from the committed one on. */
  void assign() {
    owned = true;
    position = committed;
  }

  long position() {
    return position;
  }

  void commit(long offset) {
    committed = offset;
  }

  boolean committedToItsEnd() {
    return committed == size() * STRIDE;
  }

  /** The offsets of all records below what is committed. */
  LongStream finishedOffsets() {
    return LongStream.range(0, committed / STRIDE).map(index -> index * STRIDE);
  }

  RecordPosition at(long offset) {
    return new RecordPosition(id, offset);
  }

  boolean isTombstone(long offset) {
    return offset / STRIDE % 11 == 5;
  }

  /** Whether a check refuses the record before any call. */
  boolean isUnfit(long offset) {
    return !isTombstone(offset) && offset / STRIDE % 13 == 7;
  }

  /** Whether the API rejects the record for good. */
  boolean isRejected(long offset) {
    return !isTombstone(offset) && !isUnfit(offset) && offset / STRIDE % 7 == 3;
  }

  boolean becomesMessage(long offset) {
    return !isTombstone(offset) && !isUnfit(offset) && !isRejected(offset);
  }

  private Intake<String> record(long offset) {
    RecordReference identity = new RecordReference("n", id.topic(), id.number(), offset, "0");
    if (isTombstone(offset)) {
      return new Unsent<>(at(offset));
    }
    if (isUnfit(offset)) {
      return new Rejection<>(at(offset), identity, "", "record", 10, Reason.of("unfit"));
    }
    int key = keys.get((int) (offset / STRIDE));
    return new Send<>(
        at(offset),
        identity,
        Optional.empty(),
        Optional.of(key),
        new ChannelAddress("w", "channel-" + key % 2),
        AddressOrigin.RECORD,
        Sends.send(id, offset, key).request().withReference(identity.label()),
        "record",
        10);
  }
}
