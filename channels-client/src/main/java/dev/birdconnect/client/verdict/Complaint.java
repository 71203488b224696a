package dev.birdconnect.client.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the API says against a request (section 15 of the API reference), already free of values:
 * quoted parts, addresses and numbers are masked.
 *
 * @param status the HTTP status
 * @param code stable name of the error, where the body had one
 * @param message text for people, where the body had one
 * @param details field path to complaints
 */
public record Complaint(
    int status,
    Optional<String> code,
    Optional<String> message,
    Map<String, List<String>> details) {

  public Complaint {
    details = new LinkedHashMap<>(details);
  }

  /** Reads an error body; whatever it is, also empty or no JSON at all, a complaint comes out. */
  static Complaint of(int status, JsonNode body) {
    Map<String, List<String>> details = new LinkedHashMap<>();
    body.path("details")
        .properties()
        .forEach(
            field -> {
              List<String> complaints = new ArrayList<>();
              field.getValue().forEach(text -> complaints.add(Masking.mask(text.asText())));
              details.put(Masking.mask(field.getKey()), complaints);
            });
    return new Complaint(
        status,
        text(body, "code").map(Masking::mask),
        text(body, "message").map(Masking::mask),
        details);
  }

  private static Optional<String> text(JsonNode body, String field) {
    JsonNode node = body.path(field);
    return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
  }

  /** Status, code, message and details in one line. */
  public String sentence() {
    String head =
        "the Channels API answered "
            + status
            + code.map(name -> " " + name).orElse("")
            + message.filter(text -> !text.isBlank()).map(text -> " (" + text + ")").orElse("");
    return details.isEmpty()
        ? head
        : head
            + ": "
            + details.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
                .collect(Collectors.joining("; "));
  }
}
