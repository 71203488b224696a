package dev.birdconnect.client.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import okio.Buffer;
import okio.ByteString;

/**
 * Reads JSON so that numbers keep their digits when they are written again. They are held as digits
 * and exponent, so a large exponent takes no room. Where one is too large for that, all of the JSON
 * is read in double numbers: an odd one must not hold up a channel.
 */
public final class ExactJson {

  /** An answer is bounded as a whole, so its texts need no bound of their own. */
  private static final ObjectReader ROUGH =
      new JsonMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .build())
          .readerFor(JsonNode.class);

  private static final ObjectReader EXACT =
      ROUGH
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

  private ExactJson() {}

  private interface Input {
    JsonNode read(ObjectReader reader) throws IOException;
  }

  /**
   * Reads a tree; a missing node when there is nothing.
   *
   * @throws IOException when it is no JSON
   */
  static JsonNode read(byte[] json) throws IOException {
    return read(reader -> reader.readTree(json));
  }

  /** As the other one, where it lies: in one piece a page is too large for the young generation. */
  public static JsonNode read(ByteString json) throws IOException {
    return read(
        reader -> {
          try (Buffer body = new Buffer().write(json)) {
            return reader.readTree(body.inputStream());
          }
        });
  }

  private static JsonNode read(Input input) throws IOException {
    try {
      return input.read(EXACT);
    } catch (NumberFormatException e) {
      return input.read(ROUGH);
    }
  }
}
