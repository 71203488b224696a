package dev.birdconnect.sink.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.request.InvalidRequestException;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.sink.field.UnfitRecordException;
import dev.birdconnect.sink.template.MessageTemplate;
import org.apache.kafka.connect.sink.SinkRecord;

/** The format in which a template is filled with the fields of the record. */
public final class TemplateFormat implements SendFormat {

  private final MessageTemplate template;

  /**
   * @param template the template
   */
  public TemplateFormat(MessageTemplate template) {
    this.template = template;
  }

  @Override
  public SendRequest toRequest(SinkRecord record, RecordFields fields) throws UnfitRecordException {
    JsonNode tree = template.fill(fields);
    ValueTree.checkTexts(tree, "");
    try {
      return SendRequest.typedByPlace(tree);
    } catch (InvalidRequestException e) {
      throw new UnfitRecordException(String.valueOf(e.getMessage()));
    }
  }
}
