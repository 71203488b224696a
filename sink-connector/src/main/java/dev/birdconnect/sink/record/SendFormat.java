package dev.birdconnect.sink.record;

import dev.birdconnect.client.request.SendRequest;
import org.apache.kafka.connect.sink.SinkRecord;

/** A way to make a send of a record. */
public interface SendFormat {

  /**
   * Makes the request, without its reference.
   *
   * @param record a record with a value
   * @throws UnfitRecordException when the record cannot be sent; names field and remedy
   */
  SendRequest toRequest(SinkRecord record) throws UnfitRecordException;
}
