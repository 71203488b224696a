package dev.birdconnect.simulator.contract;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes JSON without losing digits of numbers. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** The one mapper of the simulator. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /**
   * Reads a whole document.
   *
   * @throws MalformedJsonException when the bytes are not exactly one JSON document; the message
   *     quotes nothing of them
   */
  public static JsonNode read(byte[] bytes) throws MalformedJsonException {
    if (bytes.length == 0) {
      throw new MalformedJsonException("The body is empty");
    }
    try {
      JsonNode node = MAPPER.readTree(bytes);
      if (node.isMissingNode()) {
        throw new MalformedJsonException("The body is empty");
      }
      return node;
    } catch (JacksonException e) {
      var where = e.getLocation();
      throw new MalformedJsonException(
          where == null
              ? "The body is not JSON"
              : "The body is not JSON: line "
                  + where.getLineNr()
                  + ", column "
                  + where.getColumnNr());
    }
  }
}
