package dev.birdconnect.client.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okio.Buffer;
import okio.ByteString;

/**
 * Reads the JSON of a page of messages. Of each message there is at first only what tells whether
 * it is known; its {@link Resource} is read when it is asked for. What the page says does not
 * change by it: {@link MessagePage#of} says the same.
 */
public final class PageReader {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String RESULTS = "results";

  /** The fields of a message that are read at once. */
  private static final PageOutline.Kept FIRST =
      PageOutline.Kept.fields(
          "id", "channelId", "status", "createdAt", "lastStatusAt", "scheduledFor");

  private PageReader() {}

  /**
   * An entry of the list.
   *
   * @param first its first fields, where it has any
   * @param json all of it
   */
  private record Entry(JsonNode first, ByteString json) {}

  /**
   * Reads a page.
   *
   * @throws UnreadableResourceException when there is no list, or no JSON
   */
  public static MessagePage read(ByteString json) throws UnreadableResourceException {
    try (Buffer body = new Buffer().write(json);
        JsonParser parser = MAPPER.createParser(body.inputStream())) {
      boolean object = parser.nextToken() == JsonToken.START_OBJECT;
      // Where an entry begins and ends is only told of UTF-8.
      return object && parser.currentTokenLocation().getByteOffset() >= 0
          ? page(parser, json)
          : MessagePage.of(ExactJson.read(json));
    } catch (IOException e) {
      return MessagePage.of(MissingNode.getInstance());
    }
  }

  private static MessagePage page(JsonParser parser, ByteString json)
      throws IOException, UnreadableResourceException {
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    Optional<List<Entry>> results = Optional.empty();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      boolean list = parser.nextToken() == JsonToken.START_ARRAY;
      if (!name.equals(RESULTS)) {
        rest.set(name, parser.<JsonNode>readValueAsTree());
      } else if (list) {
        results = Optional.of(entries(parser, json));
      } else {
        results = Optional.empty();
        parser.skipChildren();
      }
    }
    return results.isPresent() ? page(results.get(), rest) : MessagePage.of(rest);
  }

  private static MessagePage page(List<Entry> entries, JsonNode rest) {
    List<Message> readable = new ArrayList<>(entries.size());
    List<UnreadableEntry> unreadable = new ArrayList<>();
    for (Entry entry : entries) {
      try {
        readable.add(Message.of(entry.first()).with(Resource.of(entry.json())));
      } catch (UnreadableResourceException e) {
        String problem = String.valueOf(e.getMessage());
        unreadable.add(
            new UnreadableEntry(readable.size(), problem, Resource.of(entry.json()).tree()));
      }
    }
    return new MessagePage(readable, unreadable, Fields.nextPageToken(rest));
  }

  private static List<Entry> entries(JsonParser parser, ByteString json) throws IOException {
    List<Entry> entries = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      long begin = parser.currentTokenLocation().getByteOffset();
      JsonNode first = PageOutline.value(parser, FIRST);
      long end = parser.currentLocation().getByteOffset();
      entries.add(new Entry(first, json.substring((int) begin, (int) end)));
    }
    return entries;
  }
}
