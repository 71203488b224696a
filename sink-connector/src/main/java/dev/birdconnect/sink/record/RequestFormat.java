package dev.birdconnect.sink.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.request.InvalidRequestException;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.sink.field.UnfitRecordException;
import java.util.Locale;
import org.apache.kafka.connect.sink.SinkRecord;

/** The format in which a record's value is the send request itself. */
public final class RequestFormat implements SendFormat {

  @Override
  public SendRequest toRequest(SinkRecord record, RecordFields fields) throws UnfitRecordException {
    JsonNode tree = ValueTree.of(record.value(), record.valueSchema());
    if (!tree.isObject()) {
      throw new UnfitRecordException(
          "the value is a JSON "
              + tree.getNodeType().name().toLowerCase(Locale.ROOT)
              + "; it has to be an object with receiver and body or template");
    }
    try {
      return SendRequest.of(tree);
    } catch (InvalidRequestException e) {
      throw new UnfitRecordException(String.valueOf(e.getMessage()));
    }
  }
}
