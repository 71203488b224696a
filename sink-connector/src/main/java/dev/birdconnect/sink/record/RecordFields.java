package dev.birdconnect.sink.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.birdconnect.sink.field.FieldPath;
import dev.birdconnect.sink.field.FieldPath.Element;
import dev.birdconnect.sink.field.FieldPath.Member;
import dev.birdconnect.sink.field.FieldPath.Step;
import dev.birdconnect.sink.field.FieldValues;
import dev.birdconnect.sink.field.UnfitRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a record. Text and bytes in UTF-8 are taken as text where the whole is named, and
 * as a JSON document where something inside is. The topic is the one that transforms have left;
 * partition and offset are those of the record in Kafka; the timestamp is written in RFC 3339. Of
 * several headers with a name the last one counts.
 */
public final class RecordFields implements FieldValues {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern ADDRESS =
      Pattern.compile("https?://|data:[^,\\s]*,", Pattern.CASE_INSENSITIVE);
  private static final int LONGEST_START = 256;

  private final SinkRecord record;
  private @Nullable JsonNode parsedValue;

  /**
   * @param record the record
   */
  public RecordFields(SinkRecord record) {
    this.record = record;
  }

  @Override
  public Optional<JsonNode> medium(FieldPath path) throws UnfitRecordException {
    Optional<Object> whole = path.steps().isEmpty() ? whole(path) : Optional.empty();
    Optional<byte[]> bytes =
        whole
            .filter(value -> value instanceof byte[] || value instanceof ByteBuffer)
            .map(
                value ->
                    value instanceof byte[] array ? array : ValueTree.bytes((ByteBuffer) value));
    return bytes.isPresent() && !ADDRESS.matcher(start(bytes.get())).lookingAt()
        ? Optional.of(NODES.binaryNode(bytes.get()))
        : at(path);
  }

  private Optional<Object> whole(FieldPath path) {
    return switch (path.source()) {
      case VALUE -> Optional.ofNullable(record.value());
      case KEY -> Optional.ofNullable(record.key());
      case HEADER ->
          Optional.ofNullable(record.headers().lastWithName(path.header())).map(Header::value);
      case TOPIC, PARTITION, OFFSET, TIMESTAMP -> Optional.empty();
    };
  }

  private static String start(byte[] bytes) {
    return new String(bytes, 0, Math.min(bytes.length, LONGEST_START), StandardCharsets.ISO_8859_1);
  }

  @Override
  public Optional<JsonNode> at(FieldPath path) throws UnfitRecordException {
    return switch (path.source()) {
      case VALUE -> at(path, new Typed(record.value(), record.valueSchema()));
      case KEY -> at(path, new Typed(record.key(), record.keySchema()));
      case HEADER -> {
        Header header = record.headers().lastWithName(path.header());
        yield header == null
            ? Optional.empty()
            : at(path, new Typed(header.value(), header.schema()));
      }
      case TOPIC -> Optional.ofNullable(record.topic()).map(NODES::textNode);
      case PARTITION -> Optional.of(NODES.numberNode(record.originalKafkaPartition()));
      case OFFSET -> Optional.of(NODES.numberNode(record.originalKafkaOffset()));
      case TIMESTAMP ->
          Optional.ofNullable(record.timestamp())
              .map(millis -> NODES.textNode(Instant.ofEpochMilli(millis).toString()));
    };
  }

  private Optional<JsonNode> at(FieldPath path, Typed closed) throws UnfitRecordException {
    Typed whole = closed.opened();
    if (whole.value() == null) {
      return Optional.empty();
    }
    if (path.steps().isEmpty()) {
      return found(ValueTree.whole(whole.value(), whole.schema(), path.text()));
    }
    if (isText(whole.value())) {
      return found(down(document(path, whole.value()), path.steps()));
    }
    Typed part = whole;
    for (Step step : path.steps()) {
      part = down(part, step).opened();
    }
    Object value = part.value();
    return value == null
        ? Optional.empty()
        : found(ValueTree.part(value, part.schema(), path.text()));
  }

  private static Optional<JsonNode> found(JsonNode node) {
    return node.isNull() || node.isMissingNode() ? Optional.empty() : Optional.of(node);
  }

  private static boolean isText(Object value) {
    return value instanceof String || value instanceof byte[] || value instanceof ByteBuffer;
  }

  /** The value is parsed once, however many of its fields are named. */
  private JsonNode document(FieldPath path, Object text) throws UnfitRecordException {
    boolean value = path.source() == FieldPath.Source.VALUE;
    if (value && parsedValue != null) {
      return parsedValue;
    }
    JsonNode document;
    try {
      document = ValueTree.of(text, null);
    } catch (UnfitRecordException e) {
      throw UnfitRecordException.at(path.text(), e.complaint());
    }
    if (value) {
      parsedValue = document;
    }
    return document;
  }

  private static JsonNode down(JsonNode document, List<Step> steps) {
    JsonNode node = document;
    for (Step step : steps) {
      node =
          step instanceof Member member
              ? node.path(member.name())
              : node.path(((Element) step).index());
    }
    return node;
  }

  private static Typed down(Typed part, Step step) {
    Schema schema = part.schema();
    if (step instanceof Member member) {
      if (part.value() instanceof Struct struct) {
        Field field = struct.schema().field(member.name());
        return field == null ? Typed.NOTHING : new Typed(struct.get(field), field.schema());
      }
      return part.value() instanceof Map<?, ?> map
          ? new Typed(entry(map, member.name()), ValueTree.ofValues(schema, Schema.Type.MAP))
          : Typed.NOTHING;
    }
    int index = ((Element) step).index();
    return part.value() instanceof List<?> list && index < list.size()
        ? new Typed(list.get(index), ValueTree.ofValues(schema, Schema.Type.ARRAY))
        : Typed.NOTHING;
  }

  /** By the key as text, as a whole map is written; sorted maps cannot look for another type. */
  private static @Nullable Object entry(Map<?, ?> map, String name) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object key = entry.getKey();
      boolean simple = key instanceof String || key instanceof Number || key instanceof Boolean;
      if (simple && key.toString().equals(name)) {
        return entry.getValue();
      }
    }
    return null;
  }

  /** Bytes as text in UTF-8. */
  static String text(ByteBuffer utf8, String path) throws UnfitRecordException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(utf8.duplicate()).toString();
    } catch (CharacterCodingException e) {
      throw UnfitRecordException.at(
          path, "the bytes are not text in UTF-8; use the converter that they were written with");
    }
  }
}
