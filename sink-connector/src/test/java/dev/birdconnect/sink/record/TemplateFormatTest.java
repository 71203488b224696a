package dev.birdconnect.sink.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.sink.field.UnfitRecordException;
import dev.birdconnect.sink.template.MessageTemplate;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class TemplateFormatTest {

  private static final String SEND =
      "{\"receiver\": {\"contacts\": [{\"identifierValue\": \"%s\"}]}, \"body\": {\"type\":"
          + " \"text\", \"text\": {\"text\": \"%s\"}}}";
  private static final Instant AT = Instant.parse("2031-03-01T13:00:00Z");

  private static SinkRecord record(Object key, Schema schema, Object value) {
    ConnectHeaders headers = new ConnectHeaders();
    headers.addString("lang", "de");
    headers.addString("lang", "nl");
    headers.addString("x-trace.id", "t1");
    headers.add("origin", Map.of("shop", "north"), null);
    headers.add("raw", "bytes".getBytes(StandardCharsets.UTF_8), Schema.BYTES_SCHEMA);
    return new SinkRecord(
            "orders", 3, null, key, schema, value, 17, AT.toEpochMilli(), TimestampType.CREATE_TIME)
        .newRecord("routed", 9, null, key, schema, value, AT.toEpochMilli(), headers);
  }

  private static JsonNode filled(String receiver, String text, SinkRecord record) throws Exception {
    SendRequest request =
        new TemplateFormat(MessageTemplate.parse(SEND.formatted(receiver, text)), Optional.empty())
            .toRequest(record, new RecordFields(record))
            .request();
    return request.tree();
  }

  private static String text(String placeholders, Object key, Schema schema, Object value)
      throws Exception {
    return filled("r", placeholders, record(key, schema, value)).at("/body/text/text").textValue();
  }

  private static String text(String placeholders, Object value) throws Exception {
    return text(placeholders, null, null, value);
  }

  @Test
  void structsMapsAndJsonTextAreReadAlike() throws Exception {
    Schema customer = SchemaBuilder.struct().field("phone", Schema.INT64_SCHEMA).optional().build();
    Schema schema =
        SchemaBuilder.struct()
            .field("customer", customer)
            .field("items", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
            .build();
    Struct struct =
        new Struct(schema)
            .put("customer", new Struct(customer).put("phone", 31600000001L))
            .put("items", List.of("a", "b"));
    Map<String, Object> map =
        Map.of("customer", Map.of("phone", 31600000001L), "items", List.of("a", "b"));
    String json = "{\"customer\": {\"phone\": 31600000001}, \"items\": [\"a\", \"b\"]}";
    String template = "+${value.customer.phone} ${value.items[1]} ${value['items']}";
    for (Object value : new Object[] {map, json, json.getBytes(StandardCharsets.UTF_8)}) {
      assertThat(text(template, value)).isEqualTo("+31600000001 b [\"a\",\"b\"]");
    }
    assertThat(text(template, null, schema, struct)).isEqualTo("+31600000001 b [\"a\",\"b\"]");
  }

  @Test
  void aNumberIsTextWhereTheApiTakesText() throws Exception {
    JsonNode tree =
        filled(
            "${value.phone}",
            "${value.price}",
            record(null, null, Map.of("phone", 3.16E10, "price", new BigDecimal("12.50"))));
    assertThat(tree.at("/receiver/contacts/0/identifierValue").textValue())
        .isEqualTo("31600000000");
    assertThat(tree.at("/body/text/text").textValue()).isEqualTo("12.50");
  }

  @Test
  void aTruthValueIsTextThereTooAndAnObjectWithinATextIsJson() throws Exception {
    SinkRecord record = record(null, null, Map.of("yes", true, "item", Map.of("sku", "s")));
    assertThat(filled("r", "${value.yes}", record).at("/body/text/text").textValue())
        .isEqualTo("true");
    assertThat(filled("r", "a ${value.item}", record).at("/body/text/text").textValue())
        .isEqualTo("a {\"sku\":\"s\"}");
    assertThatThrownBy(() -> filled("r", "${value.item}", record))
        .as("an object stays one")
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageStartingWith(".body.text.text: value must be text");
  }

  @Test
  void keyHeadersAndCoordinatesAreFields() throws Exception {
    assertThat(
            text(
                "${key} ${header.lang} ${header['x-trace.id']} ${header.origin.shop} ${header.raw}"
                    + " ${topic} ${partition} ${offset} ${timestamp}",
                "k1",
                null,
                "x"))
        .isEqualTo("k1 nl t1 north bytes routed 3 17 2031-03-01T13:00:00Z");
    assertThat(text("${key.id}", "{\"id\": 7}", null, "x")).isEqualTo("7");
    assertThat(text("${key}", "k2".getBytes(StandardCharsets.UTF_8), null, "x")).isEqualTo("k2");
    assertThat(text("${value}", "plain text, no JSON")).isEqualTo("plain text, no JSON");
  }

  @Test
  void logicalTypesReadAsPeopleWriteThem() throws Exception {
    Schema schema =
        SchemaBuilder.struct()
            .field("price", Decimal.schema(2))
            .field("day", Date.SCHEMA)
            .field("time", Time.SCHEMA)
            .field("at", Timestamp.SCHEMA)
            .field("bytes", Schema.BYTES_SCHEMA)
            .build();
    Struct value =
        new Struct(schema)
            .put("price", new BigDecimal("1200.50"))
            .put("day", java.util.Date.from(Instant.parse("2031-03-01T00:00:00Z")))
            .put("time", java.util.Date.from(Instant.parse("1970-01-01T13:14:15Z")))
            .put("at", java.util.Date.from(AT))
            .put("bytes", new byte[] {1, 2});
    assertThat(
            text(
                "${value.price} ${value.day} ${value.time} ${value.at} ${value.bytes}",
                null,
                schema,
                value))
        .isEqualTo("1200.50 2031-03-01 13:14:15.000 2031-03-01T13:00:00Z AQI=");
  }

  @Test
  void fieldsThatAreMissingNullOrOfAnotherKindAreMissing() throws Exception {
    Map<String, Object> value = new HashMap<>();
    value.put("none", null);
    value.put("text", "x");
    for (String path :
        List.of(
            "value.none", "value.no", "value.text.deeper", "value.text[0]", "header.no", "key")) {
      assertThat(text("${" + path + ":-default}", value)).as(path).isEqualTo("default");
    }
    assertThat(text("${value.a:-default}", "{\"a\": null}")).isEqualTo("default");
  }

  @Test
  void whatHasNoFormIsRefusedByThePathWithoutItsValue() {
    assertThatThrownBy(() -> text("${value.n}", Map.of("n", Double.NaN)))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageStartingWith("value.n: the number is not finite");
    assertThatThrownBy(() -> text("${value.n}", "secret text"))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageStartingWith("value.n: the value is not one JSON document")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> text("${key}", new byte[] {(byte) 0xff}, null, "x"))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageStartingWith("key: the bytes are not text in UTF-8");
    assertThatThrownBy(() -> text("${value}", "half \ud800"))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageContaining("surrogate");
  }

  @Test
  void aNumberWithAMillionDigitsIsNotWrittenOut() throws Exception {
    assertThat(text("${value.n}", "{\"n\": 1e900000000}")).isEqualTo("1E+900000000");
  }

  @Test
  void aComplaintNamesThePlaceholderThatFilledThePlace() {
    assertThatThrownBy(
            () -> filled("${value.phones}", "x", record(null, null, Map.of("phones", List.of()))))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessage(
            ".receiver.contacts[0].identifierValue: value must be text (filled from"
                + " ${value.phones})");
    String template =
        "{\"receiver\": \"${value.to}\", \"body\": \"${value.body}\", \"tags\": \"${value.tags?}\"}";
    Map<String, Object> value =
        Map.of(
            "to", Map.of("contacts", List.of(Map.of("phone", "+31600000001"))),
            "body", Map.of("type", "text", "text", Map.of("text", "x")));
    assertThatThrownBy(
            () -> {
              SinkRecord record = record(null, null, value);
              new TemplateFormat(MessageTemplate.parse(template), Optional.empty())
                  .toRequest(record, new RecordFields(record));
            })
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageStartingWith(".receiver.contacts[0].phone: there is no such field")
        .hasMessageEndingWith(" (filled from ${value.to})")
        .hasMessageNotContaining("31600000001");
  }

  @Test
  void unionsAreReadAsTheValueTheyHold() throws Exception {
    Schema union =
        SchemaBuilder.struct()
            .name("io.confluent.connect.avro.Union")
            .field("int", Schema.OPTIONAL_INT32_SCHEMA)
            .field(
                "Person",
                SchemaBuilder.struct().field("name", Schema.STRING_SCHEMA).optional().build())
            .build();
    Schema schema = SchemaBuilder.struct().field("who", union).build();
    Struct person = new Struct(union.field("Person").schema()).put("name", "Ann");
    assertThat(
            text(
                "${value.who.name}",
                new Struct(schema).put("who", new Struct(union).put("Person", person))))
        .isEqualTo("Ann");
    assertThat(text("${value.who}", new Struct(schema).put("who", new Struct(union).put("int", 7))))
        .isEqualTo("7");
    assertThat(text("${value.who:-nobody}", new Struct(schema).put("who", new Struct(union))))
        .isEqualTo("nobody");
  }

  @Test
  void keysOfMapsAreTakenAsText() throws Exception {
    assertThat(text("${value['1']}", new TreeMap<>(Map.of(1, "one")))).isEqualTo("one");
  }
}
