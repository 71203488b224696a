package dev.birdconnect.sink.record;

import dev.birdconnect.sink.field.UnfitRecordException;
import org.apache.kafka.connect.sink.SinkRecord;

/** A way to make a send of a record. */
public interface SendFormat {

  /**
   * Makes the request, without the reference that the connector gives it, and with stand-ins for
   * its media.
   *
   * @param record a record with a value
   * @param fields its fields
   * @throws UnfitRecordException when the record cannot be sent; names field and remedy
   */
  MappedRequest toRequest(SinkRecord record, RecordFields fields) throws UnfitRecordException;
}
