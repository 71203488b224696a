package dev.birdconnect.client.request;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A send that has the documented form: closed objects, required fields, one of body and template,
 * at least one contact, tags and times of the documented form. Immutable.
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
    return checked(tree, ShapeCheck.strict());
  }

  /**
   * Takes a send as {@link #of} does, but writes numbers and truth values as text where the API
   * takes text only.
   *
   * @throws InvalidRequestException when the API would refuse it; names every field at fault
   */
  public static SendRequest typedByPlace(JsonNode tree) throws InvalidRequestException {
    return checked(tree, ShapeCheck.writingTexts());
  }

  private static SendRequest checked(JsonNode tree, ShapeCheck check)
      throws InvalidRequestException {
    JsonNode copy = check.fit(tree, SendShape.SEND, "");
    List<FieldComplaint> complaints = new ArrayList<>(check.complaints());
    if (complaints.isEmpty()) {
      complaints.addAll(SendRules.complaints(copy));
    }
    if (!complaints.isEmpty()) {
      throw new InvalidRequestException(complaints);
    }
    return new SendRequest((ObjectNode) copy);
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

  /**
   * The same send with other texts at some places.
   *
   * @param texts the texts by place; there has to be a text at each of them
   */
  public SendRequest withTexts(Map<JsonPointer, String> texts) {
    ObjectNode copy = tree.deepCopy();
    texts.forEach(
        (place, text) -> {
          JsonNode holder = copy.at(place.head());
          if (!(holder instanceof ObjectNode object) || !copy.at(place).isTextual()) {
            throw new IllegalArgumentException("There is no text at " + place + ".");
          }
          object.put(place.last().getMatchingProperty(), text);
        });
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

  /**
   * Checks the size, with everything that is added to a send before it leaves.
   *
   * @throws InvalidRequestException when the request's body has more than {@value
   *     SendRules#MOST_BYTES} bytes (a limit of 200 KB, page <i>Messaging</i>; assumption 11)
   */
  public void checkSize() throws InvalidRequestException {
    if (SendRules.bytesAtMost(tree) <= SendRules.MOST_BYTES) {
      return;
    }
    int bytes = toJson().length;
    if (bytes > SendRules.MOST_BYTES) {
      refuse(Optional.of(SendRules.tooLarge(tree, bytes)));
    }
  }

  /** Whether it goes to more than one contact, which only some platforms take. */
  public boolean hasSeveralContacts() {
    return SendRules.contacts(tree).size() > 1;
  }

  /**
   * Checks the number of contacts against the platform of the channel.
   *
   * @param platformId the platform, as the API names it
   * @throws InvalidRequestException when there are several and the platform is not email (page
   *     <i>Messaging</i>)
   */
  public void checkPlatform(String platformId) throws InvalidRequestException {
    refuse(SendRules.platform(tree, platformId));
  }

  /**
   * Checks the time for which it is scheduled, where it is. Within a minute of the limit the API
   * decides: its clock is known to a second or so.
   *
   * @param serverTime the server's clock now
   * @throws InvalidRequestException when the time is more than 35 days ahead (page
   *     <i>Messaging</i>)
   */
  public void checkSchedule(Instant serverTime) throws InvalidRequestException {
    refuse(SendRules.schedule(tree, serverTime));
  }

  private static void refuse(Optional<FieldComplaint> complaint) throws InvalidRequestException {
    if (complaint.isPresent()) {
      throw new InvalidRequestException(List.of(complaint.get()));
    }
  }

  /**
   * About how many bytes the request's body has: exact for texts of plain letters, too few for
   * others. Found without writing it.
   */
  public int bytesAbout() {
    return SendRules.bytesAbout(tree);
  }

  /** The request's body as the API takes it, in UTF-8. */
  public byte[] toJson() {
    try {
      return MAPPER.writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("A JSON tree could not be written.", e);
    }
  }

  /** Writes the request's body as {@link #toJson} gives it. */
  void writeTo(ByteArrayOutputStream json) {
    try {
      MAPPER.writeValue(json, tree);
    } catch (IOException e) {
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
