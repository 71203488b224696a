package dev.birdconnect.client.message;

import static java.util.stream.Collectors.toUnmodifiableMap;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads the JSON of a page of messages without what nobody needs who only looks for messages: of
 * each there is what {@link Message} and {@link UnreadableEntry} tell, why it was rejected, and
 * {@code meta.extraInformation}. The rest is passed over, which takes a fraction of the time that a
 * tree takes. What the page says does not change by it: {@link MessagePage#of} reads both.
 */
public final class PageOutline {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What is kept of an object, or of every object of a list: these fields, or all. */
  record Kept(Map<String, Kept> fields) {
    private static final Kept ALL = new Kept(Map.of());

    /** Whole fields, and no others. */
    static Kept fields(String... names) {
      return new Kept(Stream.of(names).collect(toUnmodifiableMap(name -> name, name -> ALL)));
    }

    boolean all() {
      return fields.isEmpty();
    }
  }

  private static final Kept MESSAGE = message();
  private static final Kept PAGE = new Kept(Map.of("results", MESSAGE, "nextPageToken", Kept.ALL));

  private PageOutline() {}

  private static Kept message() {
    Map<String, Kept> fields = new HashMap<>();
    Stream.of(
            "id",
            "channelId",
            "status",
            "createdAt",
            "lastStatusAt",
            "reference",
            "direction",
            "reason",
            "failure")
        .forEach(field -> fields.put(field, Kept.ALL));
    fields.put("meta", new Kept(Map.of("extraInformation", Kept.ALL)));
    return new Kept(fields);
  }

  /**
   * Reads a page; a missing node when there is nothing.
   *
   * @throws IOException when it is no JSON
   */
  public static JsonNode read(InputStream json) throws IOException {
    try (JsonParser parser = MAPPER.createParser(json)) {
      return parser.nextToken() == null ? MissingNode.getInstance() : value(parser, PAGE);
    }
  }

  /** Reads the value that begins at the present token. */
  static JsonNode value(JsonParser parser, Kept kept) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      return TextNode.valueOf(parser.getText());
    }
    if (kept.all() || !token.isStructStart()) {
      return parser.readValueAsTree();
    }
    if (token == JsonToken.START_ARRAY) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        list.add(value(parser, kept));
      }
      return list;
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      Kept field = kept.fields().get(name);
      if (field == null) {
        parser.skipChildren();
      } else {
        object.set(name, value(parser, field));
      }
    }
    return object;
  }
}
