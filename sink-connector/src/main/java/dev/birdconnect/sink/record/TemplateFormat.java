package dev.birdconnect.sink.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.request.InvalidRequestException;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.sink.field.UnfitRecordException;
import dev.birdconnect.sink.media.EmbeddedMedia;
import dev.birdconnect.sink.template.MessageTemplate;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/** The format in which a template is filled with the fields of the record. */
public final class TemplateFormat implements SendFormat {

  private final MessageTemplate template;
  private final Optional<String> mediaType;

  /**
   * @param template the template
   * @param mediaType the type of media that are not recognised
   */
  public TemplateFormat(MessageTemplate template, Optional<String> mediaType) {
    this.template = template;
    this.mediaType = mediaType;
  }

  @Override
  public MappedRequest toRequest(SinkRecord record, RecordFields fields)
      throws UnfitRecordException {
    JsonNode tree = template.fill(fields);
    ValueTree.checkTexts(tree, "");
    EmbeddedMedia media = EmbeddedMedia.takenOutOf(tree, mediaType);
    try {
      return new MappedRequest(SendRequest.typedByPlace(media.tree()), media.found());
    } catch (InvalidRequestException e) {
      throw new UnfitRecordException(String.valueOf(e.getMessage()));
    }
  }
}
