package dev.birdconnect.sink.record;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** About how many bytes of memory a waiting record takes, for back pressure. */
public final class RecordWeight {

  /** The least that a record weighs, in bytes. */
  public static final long LEAST = 2048;

  private static final int MOST_PARTS = 100_000;
  private static final int NODE = 48;

  private int left = MOST_PARTS;

  private RecordWeight() {}

  /**
   * The weight in bytes: at least 2048, which covers what every record needs. Parts beyond the
   * first 100,000 do not count: a value that large is not sent.
   */
  public static long of(SinkRecord record) {
    RecordWeight parts = new RecordWeight();
    long weight = LEAST + parts.of(record.value(), 0) + parts.of(record.key(), 0);
    for (Header header : record.headers()) {
      weight += parts.of(header.value(), 0);
    }
    return weight;
  }

  private long of(@Nullable Object value, int depth) {
    if (value == null || depth > Place.DEEPEST || left <= 0) {
      return 0;
    }
    left--;
    if (value instanceof String text) {
      return text.length();
    }
    if (value instanceof byte[] bytes) {
      return bytes.length;
    }
    if (value instanceof ByteBuffer buffer) {
      return buffer.remaining();
    }
    long weight = NODE;
    if (value instanceof Struct struct) {
      for (Field field : struct.schema().fields()) {
        weight += of(struct.getWithoutDefault(field.name()), depth + 1);
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        weight += NODE + of(entry.getKey(), depth + 1) + of(entry.getValue(), depth + 1);
      }
    } else if (value instanceof Collection<?> list) {
      for (Object item : list) {
        weight += of(item, depth + 1);
      }
    }
    return weight;
  }
}
