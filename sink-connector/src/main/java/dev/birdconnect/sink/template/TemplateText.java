package dev.birdconnect.sink.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.birdconnect.client.request.PlainText;
import dev.birdconnect.sink.field.FieldValues;
import dev.birdconnect.sink.field.UnfitRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A text of a template, cut into what is fixed and what is filled in. Two dollar signs before a
 * brace stand for one, and the brace then opens no placeholder.
 *
 * @param pieces fixed texts and placeholders, in their order
 */
record TemplateText(List<Piece> pieces) {

  /** A piece of the text. */
  sealed interface Piece {}

  /** A piece that is always the same. */
  record Fixed(String text) implements Piece {}

  /** A piece that is filled in. */
  record Filled(Placeholder placeholder) implements Piece {}

  private static final String OPENING = "${";
  private static final String ESCAPED_OPENING = "$${";

  TemplateText {
    pieces = List.copyOf(pieces);
  }

  static TemplateText parse(String text) throws TemplateException {
    List<Piece> pieces = new ArrayList<>();
    StringBuilder fixed = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith(ESCAPED_OPENING, at)) {
        fixed.append(OPENING);
        at += ESCAPED_OPENING.length();
      } else if (text.startsWith(OPENING, at)) {
        int end = text.indexOf('}', at);
        if (end < 0) {
          throw new TemplateException(
              "The placeholder that begins with "
                  + text.substring(at, Math.min(text.length(), at + 20))
                  + " has no closing brace. Close it, or write $${ for the signs themselves.");
        }
        flush(fixed, pieces);
        pieces.add(new Filled(Placeholder.parse(text.substring(at + OPENING.length(), end))));
        at = end + 1;
      } else {
        fixed.append(text.charAt(at));
        at++;
      }
    }
    flush(fixed, pieces);
    return new TemplateText(pieces);
  }

  private static void flush(StringBuilder fixed, List<Piece> pieces) {
    if (!fixed.isEmpty()) {
      pieces.add(new Fixed(fixed.toString()));
      fixed.setLength(0);
    }
  }

  /** Whether it is the same for every record. */
  boolean fixed() {
    return pieces.stream().allMatch(Fixed.class::isInstance);
  }

  /** Its placeholders as they were written, without their defaults. */
  String placeholders() {
    return pieces.stream()
        .filter(Filled.class::isInstance)
        .map(piece -> ((Filled) piece).placeholder().toString())
        .collect(Collectors.joining(", "));
  }

  /** Whether it may be left out. */
  boolean optional() {
    return pieces.stream()
        .anyMatch(piece -> piece instanceof Filled filled && filled.placeholder().optional());
  }

  /**
   * The text for a record, or the value of its only placeholder as it is; empty where it is to be
   * left out.
   */
  Optional<JsonNode> fill(FieldValues record) throws UnfitRecordException {
    if (pieces.size() == 1 && pieces.get(0) instanceof Filled filled) {
      return filled.placeholder().value(record::at);
    }
    return fillPieces(record);
  }

  /** As {@link #fill}, for a place that takes a medium. */
  Optional<JsonNode> fillMedium(FieldValues record) throws UnfitRecordException {
    return pieces.size() == 1 && pieces.get(0) instanceof Filled filled
        ? filled.placeholder().value(record::medium)
        : fillPieces(record);
  }

  private Optional<JsonNode> fillPieces(FieldValues record) throws UnfitRecordException {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      if (piece instanceof Fixed fixed) {
        text.append(fixed.text());
      } else if (piece instanceof Filled filled) {
        Optional<JsonNode> value = filled.placeholder().value(record::at);
        if (value.isEmpty()) {
          return Optional.empty();
        }
        text.append(PlainText.of(value.get()));
      }
    }
    return Optional.of(JsonNodeFactory.instance.textNode(text.toString()));
  }
}
