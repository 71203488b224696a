package dev.birdconnect.client.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What the API answers to a batch: that it was taken in, not that messages were made. Results are
 * found by their references.
 *
 * @param id the batch's id; documented to be there, under a name that is not (assumption 20)
 * @param resource the whole answer, not to be changed
 */
public record BatchReceipt(Optional<String> id, JsonNode resource) {

  /**
   * Reads an answer.
   *
   * @throws UnreadableResourceException when it is no JSON object
   */
  public static BatchReceipt of(JsonNode resource) throws UnreadableResourceException {
    Fields.object(resource, "the batch's answer");
    return new BatchReceipt(Fields.optionalText(resource, "id"), resource);
  }

  @Override
  public String toString() {
    return "BatchReceipt" + id.map(text -> "[id=" + text + "]").orElse("[]");
  }
}
