package dev.birdconnect.sink;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Records of every shape that a converter, a transform or a mistake can bring about. */
final class PoisonRecords {

  private static final List<String> NAMES =
      List.of(
          "receiver",
          "contacts",
          "body",
          "type",
          "text",
          "template",
          "reference",
          "meta",
          "extraInformation",
          "tags",
          "scheduledFor",
          "validity",
          "id",
          "identifierValue",
          "html");
  private static final int DEEP = 200;

  private final Random random;

  PoisonRecords(Random random) {
    this.random = random;
  }

  /** A record with this offset; a quarter of them are right. */
  SinkRecord next(TopicPartition partition, long offset) {
    SinkRecord record =
        new SinkRecord(
            partition.topic(),
            partition.partition(),
            random.nextInt(4) == 0 ? wrongSchema() : null,
            junk(2),
            random.nextInt(4) == 0 ? wrongSchema() : null,
            value(),
            offset,
            timestamp(),
            random.nextBoolean() ? TimestampType.CREATE_TIME : TimestampType.LOG_APPEND_TIME);
    for (int header = random.nextInt(3); header > 0; header--) {
      record.headers().add(pick("h", "x.y", "", "\ud800"), junk(2), null);
    }
    return record;
  }

  private @Nullable Long timestamp() {
    return pick(null, 0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 1_700_000_000_000L);
  }

  @SafeVarargs
  private <T extends @Nullable Object> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private Object value() {
    return switch (random.nextInt(8)) {
      case 0, 1 -> right();
      case 2, 3 -> spoilt(right());
      case 4 -> text();
      case 5 -> text().getBytes(pick(StandardCharsets.UTF_8, StandardCharsets.UTF_16));
      default -> {
        Object junk = junk(5);
        yield junk == null ? "" : junk;
      }
    };
  }

  static Map<Object, Object> right() {
    Map<Object, Object> contact = new LinkedHashMap<>(Map.of("identifierValue", "+31600000001"));
    Map<Object, Object> text = new LinkedHashMap<>(Map.of("text", "hello"));
    Map<Object, Object> body = new LinkedHashMap<>();
    body.put("type", "text");
    body.put("text", text);
    Map<Object, Object> receiver = new LinkedHashMap<>();
    receiver.put("contacts", new ArrayList<>(List.of(contact)));
    Map<Object, Object> request = new LinkedHashMap<>();
    request.put("receiver", receiver);
    request.put("body", body);
    return request;
  }

  /** One part of it replaced, added or taken out. */
  private Object spoilt(Map<Object, Object> request) {
    Map<Object, Object> at = request;
    for (int steps = random.nextInt(3); steps > 0; steps--) {
      List<Object> inner = at.values().stream().filter(Map.class::isInstance).toList();
      if (!inner.isEmpty()) {
        @SuppressWarnings("unchecked")
        Map<Object, Object> next = (Map<Object, Object>) inner.get(random.nextInt(inner.size()));
        at = next;
      }
    }
    if (random.nextInt(4) == 0) {
      at.clear();
    }
    at.put(
        random.nextBoolean() ? pick(NAMES.toArray()) : pick((Object) null, 7, 1.5, "+31600000009"),
        junk(4));
    return random.nextBoolean() ? request : new TreeMap<>(Map.of(1, request));
  }

  private String text() {
    return pick(
        "",
        "null",
        "{",
        "{}",
        "[]",
        "7",
        "\"text\"",
        "NaN",
        "{\"body\": NaN}",
        "\ufeff{}",
        "{\"a\": 1, \"a\": 2}",
        "{} {}",
        "{\"validity\": 1e999999999}",
        "{\"validity\": " + "9".repeat(5_000) + "}",
        "{\"" + "n".repeat(60_000) + "\": 1}",
        "{\"a\": \"\\ud800\"}",
        "{\"\\udc00\": 1}",
        "\ud800",
        "[".repeat(DEEP) + "]".repeat(DEEP),
        "[".repeat(200_000),
        "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP),
        TaskHarness.text("+31600000001", "x".repeat(250_000)),
        TaskHarness.text("+31600000001", "hello"),
        TaskHarness.text("+31600000001", "hello").replace("hello", "\u0000\u001f\u2028"),
        TaskHarness.text("+31600000001", "hello")
            .replace(
                "\"body\"",
                "\"meta\": {\"extraInformation\": {\"deep\": "
                    + "[".repeat(50)
                    + "]".repeat(50)
                    + "}}, \"body\""));
  }

  private @Nullable Object junk(int depth) {
    if (depth <= 0 || random.nextInt(3) == 0) {
      return scalar();
    }
    return switch (random.nextInt(12)) {
      case 0 -> new ArrayList<>(Arrays.asList(junk(depth - 1), junk(depth - 1)));
      case 1 -> struct(depth);
      case 2 -> union(depth);
      case 3 -> holdsItself();
      case 4 -> doubling();
      case 5 -> deepStruct();
      case 6 -> new TreeMap<>(Map.of(1, "one", 2, "two"));
      case 7 -> new ArrayList<>(Arrays.asList(new byte[] {1}, ByteBuffer.allocate(3), null));
      default -> {
        Map<Object, Object> map = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(random.nextInt(6) == 0 ? scalar() : pick(NAMES.toArray()), junk(depth - 1));
        }
        yield map;
      }
    };
  }

  private @Nullable Object scalar() {
    return pick(
        null,
        "text",
        "",
        "half \ud800",
        "x".repeat(300_000),
        true,
        (byte) 1,
        Long.MIN_VALUE,
        Float.NaN,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        new BigDecimal("1E+1000000000"),
        new BigDecimal("1E-1000000000"),
        BigInteger.TEN.pow(300),
        new AtomicLong(7),
        Date.from(Instant.ofEpochMilli(Long.MAX_VALUE)),
        Date.from(Instant.ofEpochMilli(Long.MIN_VALUE)),
        new java.sql.Date(0),
        new java.sql.Time(0),
        Instant.EPOCH,
        'c',
        new byte[] {1, -1},
        "+31600000001".getBytes(StandardCharsets.UTF_8),
        ByteBuffer.wrap(new byte[] {1, -1}),
        new int[] {1},
        new Object());
  }

  private static Schema wrongSchema() {
    return SchemaBuilder.array(Decimal.builder(2).optional().build()).optional().build();
  }

  private static Struct struct(int depth) {
    Schema schema =
        SchemaBuilder.struct()
            .field("body", Decimal.schema(2))
            .field("at", Timestamp.SCHEMA)
            .field("time", Time.SCHEMA)
            .field("text", SchemaBuilder.string().optional().defaultValue("preset").build())
            .field("+31600000009", Schema.OPTIONAL_BYTES_SCHEMA)
            .field("map", SchemaBuilder.map(Schema.INT32_SCHEMA, Schema.FLOAT64_SCHEMA).build());
    return new Struct(schema)
        .put("body", new BigDecimal(BigInteger.valueOf(depth), 2))
        .put("at", Date.from(Instant.ofEpochMilli(depth)))
        .put("time", Date.from(Instant.ofEpochMilli(depth)))
        .put("map", Map.of(1, Double.NaN));
  }

  private static Struct union(int depth) {
    Schema schema =
        SchemaBuilder.struct()
            .name("io.confluent.connect.avro.Union")
            .field("int", Schema.OPTIONAL_INT32_SCHEMA)
            .field("string", Schema.OPTIONAL_STRING_SCHEMA);
    Struct union = new Struct(schema);
    return depth % 2 == 0 ? union : union.put("string", "chosen");
  }

  private static Struct deepStruct() {
    Schema schema = SchemaBuilder.struct().field("end", Schema.INT32_SCHEMA).build();
    Struct struct = new Struct(schema).put("end", 1);
    for (int level = 0; level < DEEP; level++) {
      schema = SchemaBuilder.struct().field("inner", schema).build();
      struct = new Struct(schema).put("inner", struct);
    }
    return struct;
  }

  private static Map<Object, Object> holdsItself() {
    Map<Object, Object> map = new HashMap<>();
    map.put("body", map);
    return map;
  }

  /** Two to the power of 60 parts in the memory of 60. */
  private static List<Object> doubling() {
    List<Object> list = new ArrayList<>();
    for (int level = 0; level < 60; level++) {
      List<Object> next = new ArrayList<>();
      next.add(list);
      next.add(list);
      list = next;
    }
    return list;
  }
}
