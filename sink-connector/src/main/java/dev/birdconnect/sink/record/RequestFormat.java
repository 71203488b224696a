package dev.birdconnect.sink.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.request.InvalidRequestException;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.sink.field.UnfitRecordException;
import dev.birdconnect.sink.media.EmbeddedMedia;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/** The format in which a record's value is the send request itself. */
public final class RequestFormat implements SendFormat {

  private final Optional<String> mediaType;

  /**
   * @param mediaType the type of media that are not recognised
   */
  public RequestFormat(Optional<String> mediaType) {
    this.mediaType = mediaType;
  }

  @Override
  public MappedRequest toRequest(SinkRecord record, RecordFields fields)
      throws UnfitRecordException {
    JsonNode tree = ValueTree.of(record.value(), record.valueSchema());
    if (!tree.isObject()) {
      throw new UnfitRecordException(
          "the value is a JSON "
              + tree.getNodeType().name().toLowerCase(Locale.ROOT)
              + "; it has to be an object with receiver and body or template");
    }
    EmbeddedMedia media = EmbeddedMedia.takenOutOf(tree, mediaType);
    try {
      return new MappedRequest(SendRequest.of(media.tree()), media.found());
    } catch (InvalidRequestException e) {
      throw new UnfitRecordException(String.valueOf(e.getMessage()));
    }
  }
}
