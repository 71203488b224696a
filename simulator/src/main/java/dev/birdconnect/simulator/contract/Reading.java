package dev.birdconnect.simulator.contract;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the document of the Channels API is read where assumptions of the reference decide. Each is a
 * change to the document itself, at the places that carry the assumption's number.
 *
 * @param emptyArrays empty contacts, images and files pass (assumption 13)
 * @param literalAction only the type value {@code permission_request} would be an action (16)
 * @param uncheckedFormats formats in bodies are remarks only (35)
 * @param strictNulls null is no body and no template (36)
 * @param openUploads a request for an upload form may have other fields (37)
 */
public record Reading(
    boolean emptyArrays,
    boolean literalAction,
    boolean uncheckedFormats,
    boolean strictNulls,
    boolean openUploads) {
  /** The document as it is. */
  public static final Reading PLAIN = new Reading(false, false, false, false, false);

  /** The document with the changes of this reading. */
  JsonNode applied(JsonNode document) {
    JsonNode changed = document.deepCopy();
    if (!equals(PLAIN)) {
      change(changed.path("components").path("schemas"));
    }
    return changed;
  }

  private void change(JsonNode node) {
    if (node instanceof ObjectNode object) {
      switch (object.path("x-assumption").asInt(0)) {
        case 13 -> removeIf(emptyArrays, object, "minItems");
        case 16 -> {
          if (literalAction && object.path("properties").path("type") instanceof ObjectNode type) {
            type.putArray("enum").add("permission_request");
          }
        }
        case 36 -> removeIf(strictNulls, object, "nullable");
        case 37 -> removeIf(openUploads, object, "additionalProperties");
        default -> {
          // Says nothing that a reading changes.
        }
      }
      removeIf(uncheckedFormats && object.path("format").isString(), object, "format");
    }
    node.forEach(this::change);
  }

  private static void removeIf(boolean condition, ObjectNode object, String name) {
    if (condition) {
      object.remove(name);
    }
  }
}
