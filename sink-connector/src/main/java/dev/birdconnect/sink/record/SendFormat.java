package dev.birdconnect.sink.record;

import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.sink.field.UnfitRecordException;
import org.apache.kafka.connect.sink.SinkRecord;

/** A way to make a send of a record. */
public interface SendFormat {

  /**
   * Makes the request, without the reference that the connector gives it.
   *
   * @param record a record with a value
   * @param fields its fields
   * @throws UnfitRecordException when the record cannot be sent; names field and remedy
   */
  SendRequest toRequest(SinkRecord record, RecordFields fields) throws UnfitRecordException;
}
