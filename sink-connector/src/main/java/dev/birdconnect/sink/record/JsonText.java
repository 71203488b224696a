package dev.birdconnect.sink.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.birdconnect.sink.field.UnfitRecordException;
import java.io.IOException;

/**
 * Reads JSON text; media in it may be long, numbers keep their digits, and errors tell the place
 * only.
 */
final class JsonText {

  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(Place.DEEPEST)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .readerFor(JsonNode.class);

  private JsonText() {}

  static JsonNode parse(String text) throws UnfitRecordException {
    try {
      return read(READER.readTree(text));
    } catch (JsonProcessingException e) {
      throw unreadable(e);
    } catch (NumberFormatException e) {
      throw tooLarge();
    }
  }

  static JsonNode parse(byte[] utf8) throws UnfitRecordException {
    try {
      return read(READER.readTree(utf8));
    } catch (JsonProcessingException e) {
      throw unreadable(e);
    } catch (NumberFormatException e) {
      throw tooLarge();
    } catch (IOException e) {
      throw new UnfitRecordException("the value is not JSON text in UTF-8");
    }
  }

  private static JsonNode read(JsonNode tree) throws UnfitRecordException {
    if (tree.isMissingNode()) {
      throw new UnfitRecordException("the value is empty; it has to be a JSON object");
    }
    return tree;
  }

  /** The parser makes numbers of any exponent that 32 bits hold. */
  private static UnfitRecordException tooLarge() {
    return new UnfitRecordException(
        "the value has a number whose exponent is too large; write a smaller one, or a text");
  }

  /** The parser's own message quotes the text, so only the place is taken from it. */
  private static UnfitRecordException unreadable(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return new UnfitRecordException(
          "the value is nested deeper than "
              + Place.DEEPEST
              + " levels, or has a number or a name that is too long; make it flatter, or shorter");
    }
    JsonLocation place = e.getLocation();
    return new UnfitRecordException(
        place == null
            ? "the value is not one JSON document"
            : "the value is not one JSON document (line "
                + place.getLineNr()
                + ", column "
                + place.getColumnNr()
                + "); correct it, or use the converter that the topic was written with");
  }
}
