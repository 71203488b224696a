package dev.birdconnect.sink.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.sink.field.UnfitRecordException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class ValueTreeTest {

  private static final Schema CONTACT =
      SchemaBuilder.struct()
          .field("identifierKey", Schema.OPTIONAL_STRING_SCHEMA)
          .field("identifierValue", Schema.STRING_SCHEMA)
          .build();

  private static final String JSON =
      """
      {"receiver": {"contacts": [{"identifierValue": "+31600000001"}]}, "validity": 600,
       "body": {"type": "text", "text": {"text": "hi"}}, "capFrequency": true,
       "tags": ["a", "b"], "meta": {"extraInformation": {"price": 12.5, "big": 9007199254740993}}}""";

  private static JsonNode tree(Object value, Schema schema) throws UnfitRecordException {
    return ValueTree.of(value, schema);
  }

  @Test
  void structMapAndTextOfTheSameRequestAreEqual() throws Exception {
    Schema receiver =
        SchemaBuilder.struct().field("contacts", SchemaBuilder.array(CONTACT).build()).build();
    Schema text = SchemaBuilder.struct().field("text", Schema.STRING_SCHEMA).build();
    Schema body =
        SchemaBuilder.struct()
            .field("type", Schema.STRING_SCHEMA)
            .field("text", text)
            .field("html", SchemaBuilder.struct().optional().build())
            .build();
    Schema extra =
        SchemaBuilder.struct()
            .field("price", Schema.FLOAT64_SCHEMA)
            .field("big", Schema.INT64_SCHEMA)
            .build();
    Schema meta = SchemaBuilder.struct().field("extraInformation", extra).build();
    Schema schema =
        SchemaBuilder.struct()
            .field("receiver", receiver)
            .field("body", body)
            .field("validity", Schema.INT32_SCHEMA)
            .field("capFrequency", Schema.BOOLEAN_SCHEMA)
            .field("tags", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
            .field("meta", meta)
            .field("reference", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    Struct struct =
        new Struct(schema)
            .put(
                "receiver",
                new Struct(receiver)
                    .put(
                        "contacts",
                        List.of(new Struct(CONTACT).put("identifierValue", "+31600000001"))))
            .put(
                "body",
                new Struct(body)
                    .put("type", "text")
                    .put("text", new Struct(text).put("text", "hi")))
            .put("validity", 600)
            .put("capFrequency", true)
            .put("tags", List.of("a", "b"))
            .put(
                "meta",
                new Struct(meta)
                    .put(
                        "extraInformation",
                        new Struct(extra).put("price", 12.5).put("big", 9007199254740993L)));

    JsonNode ofText = tree(JSON, Schema.STRING_SCHEMA);

    assertThat(tree(struct, schema)).isEqualTo(ofText);
    assertThat(tree(JSON.getBytes(StandardCharsets.UTF_8), null)).isEqualTo(ofText);
    assertThat(tree(schemaless(JSON), null)).isEqualTo(ofText);
  }

  private static Object schemaless(String json) {
    try (JsonConverter converter = new JsonConverter()) {
      converter.configure(Map.of("schemas.enable", "false"), false);
      SchemaAndValue value = converter.toConnectData("t", json.getBytes(StandardCharsets.UTF_8));
      return value.value();
    }
  }

  @Test
  void logicalTypesBytesAndNumbersHaveTheFormOfTheApi() throws Exception {
    Date moment = Date.from(Instant.parse("2031-03-01T13:00:00.250Z"));
    Date day = Date.from(Instant.parse("2031-03-01T00:00:00Z"));
    Date time = Date.from(Instant.ofEpochMilli(13 * 3_600_000L + 250));
    Schema schema =
        SchemaBuilder.struct()
            .field("price", Decimal.schema(2))
            .field("amountCents", Decimal.schema(0))
            .field("day", org.apache.kafka.connect.data.Date.SCHEMA)
            .field("time", Time.SCHEMA)
            .field("scheduledFor", Timestamp.SCHEMA)
            .field("content", Schema.BYTES_SCHEMA)
            .field("small", Schema.INT8_SCHEMA)
            .field("ratio", Schema.FLOAT32_SCHEMA)
            .field("map", SchemaBuilder.map(Schema.STRING_SCHEMA, Timestamp.SCHEMA).build())
            .field("days", SchemaBuilder.array(org.apache.kafka.connect.data.Date.SCHEMA).build())
            .build();
    Struct struct =
        new Struct(schema)
            .put("price", new BigDecimal("12.50"))
            .put("amountCents", new BigDecimal("1250"))
            .put("day", day)
            .put("time", time)
            .put("scheduledFor", moment)
            .put("content", ByteBuffer.wrap(new byte[] {1, 2, 3}))
            .put("small", (byte) 7)
            .put("ratio", 0.1f)
            .put("map", Map.of("at", moment))
            .put("days", List.of(day));

    JsonNode tree = tree(struct, schema);

    assertThat(tree.get("price").decimalValue()).isEqualByComparingTo("12.5");
    assertThat(tree.get("amountCents").isIntegralNumber()).isTrue();
    assertThat(tree.get("amountCents").intValue()).isEqualTo(1250);
    assertThat(tree.get("day").textValue()).isEqualTo("2031-03-01");
    assertThat(tree.get("time").textValue()).isEqualTo("13:00:00.250");
    assertThat(tree.get("scheduledFor").textValue()).isEqualTo("2031-03-01T13:00:00.250Z");
    assertThat(tree.get("content").asText()).isEqualTo("AQID");
    assertThat(tree.get("small").intValue()).isEqualTo(7);
    assertThat(tree.get("ratio").toString()).isEqualTo("0.1");
    assertThat(tree.get("map").get("at").textValue()).isEqualTo("2031-03-01T13:00:00.250Z");
    assertThat(tree.get("days").get(0).textValue()).isEqualTo("2031-03-01");
  }

  @Test
  void theTypeOfAMapsValuesIsKnown() throws Exception {
    Schema days =
        SchemaBuilder.map(Schema.STRING_SCHEMA, org.apache.kafka.connect.data.Date.SCHEMA).build();
    Schema schema = SchemaBuilder.struct().field("days", days).build();
    Date day = Date.from(Instant.parse("2031-03-01T00:00:00Z"));
    assertThat(tree(new Struct(schema).put("days", Map.of("first", day)), schema).toString())
        .isEqualTo("{\"days\":{\"first\":\"2031-03-01\"}}");
  }

  @Test
  void optionalFieldsWithoutAValueAreLeftOutAndDefaultsCount() throws Exception {
    Schema schema =
        SchemaBuilder.struct()
            .field("absent", Schema.OPTIONAL_STRING_SCHEMA)
            .field("preset", SchemaBuilder.string().optional().defaultValue("d").build())
            .build();

    JsonNode tree = tree(new Struct(schema), schema);

    assertThat(tree.has("absent")).isFalse();
    assertThat(tree.get("preset").textValue()).isEqualTo("d");
  }

  @Test
  void errorsNameTheFieldAndNeverTheValue() {
    Map<String, Object> contact = new HashMap<>();
    contact.put("identifierValue", Double.NaN);
    assertThatThrownBy(() -> tree(Map.of("receiver", Map.of("contacts", List.of(contact))), null))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageStartingWith(".receiver.contacts[0].identifierValue: ");
    assertThatThrownBy(() -> tree(Map.of("+31612345678", new Object()), null))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageStartingWith(".[key]: ");
    assertThatThrownBy(() -> tree(Map.of("meta", Map.of(List.of("secret"), 1)), null))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageStartingWith(".meta: ")
        .hasMessageNotContaining("secret");
    for (String broken :
        List.of("", "  ", "secret", "{\"a\": \"secret", "{} {}", "{\"a\": 1, \"a\": 2}", "nul")) {
      assertThatThrownBy(() -> tree(broken, null))
          .as(broken)
          .isInstanceOf(UnfitRecordException.class)
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void errorsInStructsAndListsNameTheirPlaceToo() {
    Schema item = SchemaBuilder.struct().field("price", Schema.FLOAT64_SCHEMA).build();
    Schema order = SchemaBuilder.struct().field("items", SchemaBuilder.array(item).build()).build();
    Struct broken =
        new Struct(order)
            .put(
                "items",
                List.of(
                    new Struct(item).put("price", 1.0),
                    new Struct(item).put("price", Double.POSITIVE_INFINITY)));
    assertThatThrownBy(() -> tree(broken, order))
        .hasMessageStartingWith(".items[1].price: the number is not finite");
    assertThatThrownBy(() -> tree("{\"tags\": [\"a\", \"\\udc00\"]}", null))
        .hasMessageStartingWith(".tags[1]: the text holds half of a surrogate pair");
    assertThatThrownBy(() -> tree(Map.of("meta", Map.of("\udc00", 1)), null))
        .hasMessageStartingWith(".meta: the text holds half of a surrogate pair");
  }

  @Test
  void aNumberThatNobodyCanHoldIsAComplaint() {
    String text = "{\"price\": 1e99999999999}";
    for (Object value : new Object[] {text, text.getBytes(StandardCharsets.UTF_8)}) {
      assertThatThrownBy(() -> tree(value, null))
          .isInstanceOf(UnfitRecordException.class)
          .hasMessageContaining("a number whose exponent is too large");
    }
  }

  @Test
  void sixtyFourLevelsAreNotTooDeep() throws Exception {
    Object nested = "end";
    for (int level = 0; level < 64; level++) {
      nested = List.of(nested);
    }
    Object deepest = nested;
    String text = "[".repeat(64) + "\"end\"" + "]".repeat(64);
    assertThat(tree(deepest, null)).isEqualTo(tree(text, null));
    for (Object deeper : new Object[] {List.of(deepest), "[" + text + "]"}) {
      assertThatThrownBy(() -> tree(deeper, null))
          .isInstanceOf(UnfitRecordException.class)
          .hasMessageContaining("nested deeper than 64 levels");
    }
  }

  @Test
  void nestingHasALimitInsteadOfAStackOverflow() {
    Object nested = "end";
    for (int level = 0; level < 50_000; level++) {
      nested = Collections.singletonList(nested);
    }
    Object value = Map.of("body", nested);
    assertThatThrownBy(() -> tree(value, null))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageContaining("nested deeper");
    assertThatThrownBy(() -> tree("[".repeat(50_000), null))
        .isInstanceOf(UnfitRecordException.class);
  }

  @Test
  void nullsInMapsAndListsStay() throws Exception {
    JsonNode tree = tree(Collections.singletonMap("a", Arrays.asList(1, null)), null);
    assertThat(tree.toString()).isEqualTo("{\"a\":[1,null]}");
  }

  @Test
  void unionsOfEveryConverterAreTheValueTheyHold() throws Exception {
    for (String name :
        List.of(
            "io.confluent.connect.avro.Union",
            "org.example.shade.io.confluent.connect.avro.Union",
            "io.confluent.connect.json.OneOf",
            "io.confluent.connect.protobuf.Union.choice")) {
      Schema union =
          SchemaBuilder.struct()
              .name(name)
              .field("int", Schema.OPTIONAL_INT32_SCHEMA)
              .field("string", Schema.OPTIONAL_STRING_SCHEMA)
              .build();
      Struct text = new Struct(union).put("string", "a");
      assertThat(
              tree(Map.of("list", List.of(text, new Struct(union).put("int", 1))), null).toString())
          .as(name)
          .isEqualTo("{\"list\":[\"a\",1]}");
    }
    Schema own = SchemaBuilder.struct().name("Union").field("int", Schema.INT32_SCHEMA).build();
    assertThat(tree(new Struct(own).put("int", 1), own).toString()).isEqualTo("{\"int\":1}");
  }

  @Test
  void aValueThatRepeatsItsPartsHasALimitInsteadOfNoEnd() {
    List<Object> doubling = List.of();
    for (int level = 0; level < 60; level++) {
      doubling = List.of(doubling, doubling);
    }
    Map<String, Object> value = Map.of("body", doubling);
    assertThatThrownBy(() -> tree(value, null))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageContaining("more than 100000 parts");
    assertThat(RecordWeight.of(new SinkRecord("t", 0, null, null, null, value, 0))).isPositive();
  }

  @Test
  void keysThatAreTheSameAsTextAreRefused() {
    Map<Object, Object> value = new HashMap<>();
    value.put(1, "a");
    value.put("1", "b");
    assertThatThrownBy(() -> tree(Map.of("meta", value), null))
        .hasMessageStartingWith(".meta: a map has two keys that are the same");
  }

  @Test
  void datesOfEveryClassAreTimes() throws Exception {
    assertThat(tree(Map.of("at", new java.sql.Date(0)), null).toString())
        .isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\"}");
  }
}
