package dev.birdconnect.client.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why an attempt ended as it did, without private data.
 *
 * @param sentence what happened, in lower case and without a full stop, to be put into a message
 * @param complaint what the API said, where it answered
 */
public record Reason(String sentence, Optional<Complaint> complaint) {

  /** A reason outside of the API's answers. */
  public static Reason of(String sentence) {
    return new Reason(sentence, Optional.empty());
  }

  /** A reason given by the API. */
  public static Reason of(Complaint complaint) {
    return new Reason(complaint.sentence(), Optional.of(complaint));
  }

  /** Why the API rejected a message after it was taken in, as the message tells. */
  public static Reason ofRejection(JsonNode message) {
    JsonNode failure = message.path("failure");
    List<String> parts = new ArrayList<>();
    if (failure.path("code").isNumber()) {
      parts.add("code " + failure.path("code").asText());
    }
    Stream.of(failure.path("description").asText(""), message.path("reason").asText(""))
        .filter(text -> !text.isBlank())
        .distinct()
        .map(Masking::mask)
        .forEach(parts::add);
    return of(
        "the Channels API took the message in and rejected it afterwards"
            + (parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")"));
  }

  @Override
  public String toString() {
    return sentence;
  }
}
