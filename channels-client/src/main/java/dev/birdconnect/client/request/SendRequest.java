package dev.birdconnect.client.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A send that has the documented form: closed objects, required fields, one of body and template,
 * at least one contact. Immutable.
 */
public final class SendRequest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ObjectNode tree;

  private SendRequest(ObjectNode tree) {
    this.tree = tree;
  }

  /**
   * Takes a send from its JSON tree; fields that are null are left out.
   *
   * @throws InvalidRequestException when the API would refuse it; names every field at fault
   */
  public static SendRequest of(JsonNode tree) throws InvalidRequestException {
    ShapeCheck check = new ShapeCheck();
    JsonNode copy = check.fit(tree, SendShape.SEND, "");
    List<FieldComplaint> complaints = new ArrayList<>(check.complaints());
    if (complaints.isEmpty()) {
      complaints.addAll(rules(copy));
    }
    if (!complaints.isEmpty()) {
      throw new InvalidRequestException(complaints);
    }
    return new SendRequest((ObjectNode) copy);
  }

  private static List<FieldComplaint> rules(JsonNode send) {
    List<FieldComplaint> complaints = new ArrayList<>();
    if (send.has("body") == send.has("template")) {
      complaints.add(
          new FieldComplaint(
              ".body",
              send.has("body")
                  ? "body and template are both there; keep exactly one of them"
                  : "neither body nor template is there; give exactly one of them"));
    }
    if (send.path("receiver").path("contacts").isEmpty()) {
      complaints.add(
          new FieldComplaint(".receiver.contacts", "there is no contact; give at least one"));
    }
    JsonNode html = send.path("body").path("html");
    if (html.isObject() && !html.has("text") && !html.has("html")) {
      complaints.add(new FieldComplaint(".body.html", "give at least one of text and html"));
    }
    return complaints;
  }

  /** The label of this send, where it has one. */
  public Optional<String> reference() {
    JsonNode reference = tree.path("reference");
    return reference.isTextual() ? Optional.of(reference.textValue()) : Optional.empty();
  }

  /** The same send with another label. */
  public SendRequest withReference(String reference) {
    ObjectNode copy = shallowCopy(tree);
    copy.put("reference", reference);
    return new SendRequest(copy);
  }

  /** The same send with more entries in {@code meta.extraInformation}; equal keys are replaced. */
  public SendRequest withExtraInformation(Map<String, String> entries) {
    ObjectNode copy = shallowCopy(tree);
    ObjectNode meta = child(copy, "meta");
    ObjectNode extra = child(meta, "extraInformation");
    entries.forEach(extra::put);
    return new SendRequest(copy);
  }

  private static ObjectNode child(ObjectNode parent, String field) {
    ObjectNode copy =
        parent.get(field) instanceof ObjectNode present
            ? shallowCopy(present)
            : parent.objectNode();
    parent.set(field, copy);
    return copy;
  }

  private static ObjectNode shallowCopy(ObjectNode node) {
    return node.objectNode().setAll(node);
  }

  /** The request's body as the API takes it, in UTF-8. */
  public byte[] toJson() {
    try {
      return MAPPER.writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("A JSON tree could not be written.", e);
    }
  }

  /** The tree, not to be changed. */
  public JsonNode tree() {
    return tree;
  }

  /** Field names only: the values are private. */
  @Override
  public String toString() {
    List<String> names = new ArrayList<>();
    tree.fieldNames().forEachRemaining(names::add);
    return "SendRequest" + names;
  }
}
