package dev.birdconnect.sink.template;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.client.request.FieldComplaint;
import dev.birdconnect.client.request.MediaPlaces;
import dev.birdconnect.client.request.SendOutline;
import dev.birdconnect.sink.field.FieldValues;
import dev.birdconnect.sink.field.UnfitRecordException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A send request with placeholders. A text that is one placeholder becomes the field's value with
 * its JSON type; inside a longer text the value is written as text. Where an optional field is
 * missing, the member or element that holds it is left out, and so is every object or list that has
 * nothing left because of that. Immutable.
 */
public final class MessageTemplate {

  private static final int DEEPEST = 64;

  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build()
          .readerFor(JsonNode.class);

  private final Map<String, Part> root;
  private final boolean labelled;
  private final boolean embedsMedia;

  private sealed interface Part {}

  private record Constant(JsonNode node) implements Part {}

  private record Filled(TemplateText text) implements Part {}

  private record FilledMedium(TemplateText text) implements Part {}

  private record Members(Map<String, Part> parts) implements Part {}

  private record Elements(List<Part> parts) implements Part {}

  private MessageTemplate(Map<String, Part> root, boolean labelled, boolean embedsMedia) {
    this.root = root;
    this.labelled = labelled;
    this.embedsMedia = embedsMedia;
  }

  /**
   * Reads a template and checks what of it is the same for every record.
   *
   * @throws TemplateException when it is no JSON object, or has a wrong placeholder, or its fixed
   *     parts have no place in a send request
   */
  public static MessageTemplate parse(String json) throws TemplateException {
    JsonNode tree = read(json);
    if (!tree.isObject()) {
      throw new TemplateException(
          "The template has to be a JSON object with receiver and body or template.");
    }
    List<MediaPlaces.Place> places = MediaPlaces.of(tree);
    Members root = new Parts(places).members(tree);
    List<FieldComplaint> complaints =
        new ArrayList<>(SendOutline.complaints(MediaOutline.of(tree), new Unknown()));
    complaints.addAll(MediaOutline.complaints(places));
    if (!complaints.isEmpty()) {
      throw new TemplateException(
          "The template is not a send request: "
              + complaints.stream().map(FieldComplaint::toString).collect(Collectors.joining("; "))
              + ".");
    }
    return new MessageTemplate(root.parts(), tree.has("reference"), MediaOutline.embeds(places));
  }

  private static JsonNode read(String json) throws TemplateException {
    try {
      return READER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new TemplateException(
          "The template is not one JSON document"
              + (e.getLocation() == null
                  ? "."
                  : " (line "
                      + e.getLocation().getLineNr()
                      + ", column "
                      + e.getLocation().getColumnNr()
                      + "). Correct it; a placeholder stands inside a JSON text, as in"
                      + " \"${value.name}\"."));
    } catch (NumberFormatException e) {
      throw new TemplateException(
          "The template has a number whose exponent is too large. Write a smaller one, or a text.");
    }
  }

  /** Cuts a template into its parts. */
  private static final class Parts {

    private final Set<JsonNode> media = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * @param places the places that take media
     */
    Parts(List<MediaPlaces.Place> places) {
      places.forEach(place -> media.add(place.value()));
    }

    private Part part(JsonNode node) throws TemplateException {
      if (node.isTextual()) {
        TemplateText text = TemplateText.parse(node.textValue());
        return media.contains(node) ? new FilledMedium(text) : new Filled(text);
      }
      if (node.isObject()) {
        return members(node);
      }
      if (node.isArray()) {
        List<Part> parts = new ArrayList<>();
        for (JsonNode element : node) {
          parts.add(part(element));
        }
        return new Elements(List.copyOf(parts));
      }
      return new Constant(node);
    }

    private Members members(JsonNode object) throws TemplateException {
      Map<String, Part> parts = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        if (member.getKey().contains("${")) {
          throw new TemplateException(
              "A placeholder stands in a field's name. Names are fixed; put placeholders into"
                  + " values.");
        }
        parts.put(member.getKey(), part(member.getValue()));
      }
      return new Members(parts);
    }
  }

  /** Whether it gives the message a reference. */
  public boolean labelled() {
    return labelled;
  }

  /** Whether it has a data URI where the API takes an address, so that every record is uploaded. */
  public boolean embedsMedia() {
    return embedsMedia;
  }

  /**
   * The request for a record.
   *
   * @throws UnfitRecordException when a required field is missing or has no form in JSON; names the
   *     placeholder
   */
  public JsonNode fill(FieldValues record) throws UnfitRecordException {
    return fillMembers(root, record);
  }

  /**
   * Which placeholders fill which places of the request for a record, by path as complaints write
   * it.
   *
   * @throws UnfitRecordException as {@link #fill(FieldValues)} does
   */
  public Map<String, String> placeholders(FieldValues record) throws UnfitRecordException {
    Map<String, String> placeholders = new LinkedHashMap<>();
    trace(new Members(root), record, "", placeholders);
    return placeholders;
  }

  private static void trace(Part part, FieldValues record, String path, Map<String, String> found)
      throws UnfitRecordException {
    if (part instanceof Filled filled && !filled.text().fixed()) {
      found.put(path, filled.text().placeholders());
    } else if (part instanceof Members members) {
      for (Map.Entry<String, Part> member : members.parts().entrySet()) {
        trace(member.getValue(), record, path + "." + member.getKey(), found);
      }
    } else if (part instanceof Elements elements) {
      int index = 0;
      for (Part element : elements.parts()) {
        if (fill(element, record).isPresent()) {
          trace(element, record, path + "[" + index + "]", found);
          index++;
        }
      }
    }
  }

  private static Optional<JsonNode> fill(Part part, FieldValues record)
      throws UnfitRecordException {
    if (part instanceof Filled filled) {
      return filled.text().fill(record);
    }
    if (part instanceof FilledMedium filled) {
      return filled.text().fillMedium(record);
    }
    if (part instanceof Members members) {
      ObjectNode object = fillMembers(members.parts(), record);
      return object.isEmpty() && !members.parts().isEmpty()
          ? Optional.empty()
          : Optional.of(object);
    }
    if (part instanceof Elements elements) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (Part element : elements.parts()) {
        fill(element, record).ifPresent(array::add);
      }
      return array.isEmpty() && !elements.parts().isEmpty() ? Optional.empty() : Optional.of(array);
    }
    return Optional.of(((Constant) part).node());
  }

  private static ObjectNode fillMembers(Map<String, Part> parts, FieldValues record)
      throws UnfitRecordException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, Part> member : parts.entrySet()) {
      Optional<JsonNode> value = fill(member.getValue(), record);
      if (value.isPresent()) {
        object.set(member.getKey(), value.get());
      }
    }
    return object;
  }

  /** What of the template is not known before there is a record. */
  private static final class Unknown implements SendOutline.Unknown {

    @Override
    public boolean value(JsonNode node) {
      return text(node).map(text -> !text.fixed()).orElse(false);
    }

    @Override
    public boolean presence(JsonNode node) {
      if (node.isContainerNode()) {
        if (node.isEmpty()) {
          return false;
        }
        for (JsonNode child : node) {
          if (!presence(child)) {
            return false;
          }
        }
        return true;
      }
      return text(node).map(TemplateText::optional).orElse(false);
    }

    private static Optional<TemplateText> text(JsonNode node) {
      if (!node.isTextual()) {
        return Optional.empty();
      }
      try {
        return Optional.of(TemplateText.parse(node.textValue()));
      } catch (TemplateException e) {
        return Optional.empty();
      }
    }
  }
}
