package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.SimulatorSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records in Avro, written with a real registry, all the way to the message. */
class AvroSinkIT {

  private static final String CONTACTS =
      """
      {"name": "receiver", "type": {"type": "record", "name": "Receiver", "fields": [
        {"name": "contacts", "type": {"type": "array", "items":
          {"type": "record", "name": "Contact", "fields": [
            {"name": "identifierKey", "type": ["null", "string"], "default": null},
            {"name": "identifierValue", "type": "string"}]}}}]}}""";

  /** The request as Avro: a body of one of two kinds, optional parts, a map of several types. */
  private static final String REQUEST =
      """
      {"type": "record", "name": "Send", "namespace": "org.example", "fields": [
        %s,
        {"name": "body", "type": [
          {"type": "record", "name": "TextBody", "fields": [
            {"name": "type", "type": {"type": "enum", "name": "T", "symbols": ["text"]}},
            {"name": "text", "type": {"type": "record", "name": "Text", "fields": [
              {"name": "text", "type": "string"}]}}]},
          {"type": "record", "name": "HtmlBody", "fields": [
            {"name": "type", "type": {"type": "enum", "name": "H", "symbols": ["html"]}},
            {"name": "html", "type": {"type": "record", "name": "Html", "fields": [
              {"name": "html", "type": "string"},
              {"name": "text", "type": ["null", "string"], "default": null}]}}]}]},
        {"name": "tags", "type": ["null", {"type": "array", "items": "string"}], "default": null},
        {"name": "validity", "type": ["null", "int"], "default": null},
        {"name": "meta", "type": ["null", {"type": "record", "name": "Meta", "fields": [
          {"name": "extraInformation", "type": {"type": "map", "values":
            ["string", "long", "boolean", "double"]}}]}], "default": null}
        %s]}""";

  private static final String ORDER =
      """
      {"type": "record", "name": "Order", "namespace": "org.example", "fields": [
        {"name": "id", "type": "long"},
        {"name": "customer", "type": {"type": "record", "name": "Customer", "fields": [
          {"name": "phone", "type": "string"}, {"name": "name", "type": ["null", "string"]}]}},
        {"name": "price", "type":
          {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}},
        {"name": "day", "type": {"type": "int", "logicalType": "date"}},
        {"name": "time", "type": {"type": "int", "logicalType": "time-millis"}},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["PARCEL", "LETTER"]}},
        {"name": "amount", "type": ["int", "string"]},
        {"name": "items", "type": {"type": "array", "items":
          {"type": "record", "name": "Item", "fields": [
            {"name": "sku", "type": "string"}, {"name": "pieces", "type": "int"}]}}},
        {"name": "labels", "type": {"type": "map", "values": "string"}},
        {"name": "raw", "type": "bytes"},
        {"name": "code", "type": {"type": "fixed", "name": "Code", "size": 2}},
        {"name": "ratio", "type": "double"},
        {"name": "share", "type": "float"},
        {"name": "gift", "type": "boolean"}]}""";

  private static final String TEMPLATE =
      """
      {"receiver": {"contacts": [{"identifierValue": "${value.customer.phone}"}]},
       "body": {"type": "text", "text": {"text":
         "Hello ${value.customer.name:-there}, ${value.price} on ${value.day} ${value.time}"}},
       "tags": ["${value.kind}", "${value.labels.shop?}"],
       "scheduledFor": "${value.at}",
       "meta": {"extraInformation": {
         "id": "${value.id}", "price": "${value.price}", "day": "${value.day}",
         "time": "${value.time}", "at": "${value.at}", "kind": "${value.kind}",
         "amount": "${value.amount}", "items": "${value.items}", "labels": "${value.labels}",
         "raw": "${value.raw}", "code": "${value.code?}", "ratio": "${value.ratio}",
         "share": "${value.share}", "gift": "${value.gift}", "second": "${value.items[1].sku}"}}}""";

  @TempDir static Path folder;
  private static SchemaRegistry registry;
  private static Avro avro;
  private static ConnectStack stack;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    registry = SchemaRegistry.start(folder);
    avro = Avro.with(registry);
    stack =
        ConnectStack.start(
            SimulatorSettings.demo().withoutRateLimits(),
            Map.of("plugin.path", ConnectStack.pluginPathWithAvro()));
  }

  @AfterAll
  static void stop() throws IOException {
    registry.close();
    avro.close();
    stack.close();
  }

  private static Map<String, String> settings(String topic) {
    Map<String, String> settings = stack.sinkSettings(topic);
    settings.put("value.converter", Avro.CONVERTER);
    settings.put("value.converter.schema.registry.url", registry.url());
    return settings;
  }

  private static void produce(String topic, byte[]... values) {
    for (byte[] value : values) {
      var unused = stack.produce(topic, 0, "key".getBytes(StandardCharsets.UTF_8), value);
    }
    stack.flush();
  }

  /** The messages of a topic's records, in their order. */
  private static List<JsonNode> messages(String topic, int count) {
    await(count + " records of " + topic + " are messages")
        .atMost(ConnectStack.PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> ofTopic(topic).size() >= count);
    return ofTopic(topic);
  }

  private static List<JsonNode> ofTopic(String topic) {
    return stack.simulator().messages().stream()
        .filter(message -> message.reference().contains(":" + topic + ":"))
        .map(MadeMessage::json)
        .map(Orders::json)
        .toList();
  }

  private static JsonNode json(String text) {
    return Orders.json(text);
  }

  @Test
  void aRecordIsTheRequestAndASchemaMayGrow() {
    String topic = "sends";
    stack.createTopic(topic, 1);
    stack.createConnector("avro-request", settings(topic));
    String first = REQUEST.formatted(CONTACTS, "");
    String second =
        REQUEST.formatted(
            CONTACTS,
            ", {\"name\": \"scheduledFor\", \"type\": [\"null\", \"string\"], \"default\": null}");

    produce(
        topic,
        avro.serialized(
            topic,
            first,
            """
            {"receiver": {"contacts": [
               {"identifierKey": {"string": "phonenumber"}, "identifierValue": "+31600000101"}]},
             "body": {"org.example.TextBody": {"type": "text", "text": {"text": "é 𝄞"}}},
             "tags": {"array": ["a", "b"]}, "validity": {"int": 60},
             "meta": {"org.example.Meta": {"extraInformation": {
               "s": {"string": "x"}, "l": {"long": 9007199254740993}, "b": {"boolean": true},
               "d": {"double": 0.1}}}}}"""),
        avro.serialized(
            topic,
            second,
            """
            {"receiver": {"contacts": [
               {"identifierKey": null, "identifierValue": "+31600000102"}]},
             "body": {"org.example.HtmlBody": {"type": "html", "html": {
               "html": "<p>x</p>", "text": null}}},
             "tags": null, "validity": null, "meta": null,
             "scheduledFor": {"string": "2026-01-01T00:00:00Z"}}"""),
        "no Avro".getBytes(StandardCharsets.UTF_8),
        avro.serialized(
            topic,
            first,
            """
            {"receiver": {"contacts": []},
             "body": {"org.example.TextBody": {"type": "text", "text": {"text": "nobody"}}},
             "tags": null, "validity": null, "meta": null}"""));

    List<JsonNode> messages = messages(topic, 2);
    await("two dead letters")
        .atMost(ConnectStack.PATIENCE)
        .until(() -> stack.count(topic + ".dead-letters") == 2);
    assertThat(messages).hasSize(2);
    JsonNode text = messages.get(0);
    assertThat(text.at("/receiver/contacts/0/identifierValue").textValue())
        .isEqualTo("+31600000101");
    assertThat(text.get("body"))
        .isEqualTo(json("{\"type\": \"text\", \"text\": {\"text\": \"é 𝄞\"}}"));
    assertThat(text.get("tags")).isEqualTo(json("[\"a\", \"b\"]"));
    assertThat(text.at("/meta/extraInformation"))
        .isEqualTo(json("{\"s\": \"x\", \"l\": 9007199254740993, \"b\": true, \"d\": 0.1}"));
    JsonNode html = messages.get(1);
    assertThat(html.get("body"))
        .isEqualTo(json("{\"type\": \"html\", \"html\": {\"html\": \"<p>x</p>\"}}"));
    assertThat(html.get("scheduledFor").textValue()).startsWith("2026-01-01T00:00:00");
  }

  @Test
  void everyTypeFillsATemplate() {
    String topic = "orders";
    stack.createTopic(topic, 1);
    Map<String, String> settings = settings(topic);
    settings.put("message.format", "template");
    settings.put("message.template", TEMPLATE);
    stack.createConnector("avro-template", settings);

    produce(
        topic,
        avro.serialized(
            topic,
            ORDER,
            """
            {"id": 9007199254740993, "customer": {"phone": "+31600000201", "name": null},
             "price": "\\u0004\\u00d2", "day": 22339, "time": 47655000, "at": 1767225600000,
             "kind": "PARCEL", "amount": {"string": "many"},
             "items": [{"sku": "s1", "pieces": 2}, {"sku": "s2", "pieces": 1}],
             "labels": {"shop": "north"}, "raw": "\\u0001\\u00ff", "code": "\\u0000\\u007f",
             "ratio": 0.1, "share": 0.1, "gift": true}"""),
        avro.serialized(
            topic,
            ORDER,
            """
            {"id": 2, "customer": {"phone": "+31600000202", "name": {"string": "Ann"}},
             "price": "\\u00ff", "day": 0, "time": 0, "at": 0, "kind": "LETTER",
             "amount": {"int": 7}, "items": [{"sku": "a", "pieces": 0}, {"sku": "b", "pieces": 0}],
             "labels": {}, "raw": "", "code": "AB", "ratio": 1e100, "share": 2,
             "gift": false}"""));

    List<JsonNode> messages = messages(topic, 2);
    assertThat(messages.get(0).at("/body/text/text").textValue())
        .isEqualTo("Hello there, 12.34 on 2031-03-01 13:14:15.000");
    assertThat(messages.get(0).get("tags")).isEqualTo(json("[\"parcel\", \"north\"]"));
    assertThat(messages.get(0).at("/meta/extraInformation"))
        .isEqualTo(
            json(
                """
                {"id": 9007199254740993, "price": 12.34, "day": "2031-03-01",
                 "time": "13:14:15.000", "at": "2026-01-01T00:00:00Z", "kind": "PARCEL",
                 "amount": "many", "items": [{"sku": "s1", "pieces": 2}, {"sku": "s2", "pieces": 1}],
                 "labels": {"shop": "north"}, "raw": "Af8=", "code": "AH8=", "ratio": 0.1,
                 "share": 0.1, "gift": true, "second": "s2"}"""));
    assertThat(messages.get(1).at("/body/text/text").textValue())
        .isEqualTo("Hello Ann, -0.01 on 1970-01-01 00:00:00.000");
    ObjectNode second = (ObjectNode) messages.get(1).at("/meta/extraInformation");
    assertThat(second.get("amount").intValue()).isEqualTo(7);
    assertThat(second.get("raw").textValue()).isEmpty();
    assertThat(second.get("ratio").decimalValue()).isEqualByComparingTo("1e100");
    assertThat(second.get("labels").isEmpty()).isTrue();
    assertThat(messages.get(1).get("tags")).isEqualTo(json("[\"letter\"]"));
  }

  /** Connect's logical types hold a {@link Date}. */
  @SuppressWarnings("JavaUtilDate")
  @Test
  void whatAConnectorHasWrittenIsReadAlike() {
    String topic = "structs";
    stack.createTopic(topic, 1);
    Map<String, String> settings = settings(topic);
    settings.put("message.format", "template");
    settings.put(
        "message.template",
        """
        {"receiver": {"contacts": [{"identifierValue": "${value.phone}"}]},
         "body": {"type": "text", "text": {"text": "x"}},
         "meta": {"extraInformation": "${value.all}"}}""");
    stack.createConnector("avro-structs", settings);
    Schema all =
        SchemaBuilder.struct()
            .name("org.example.All")
            .field("decimal", Decimal.schema(3))
            .field("date", org.apache.kafka.connect.data.Date.SCHEMA)
            .field("time", Time.SCHEMA)
            .field("at", Timestamp.SCHEMA)
            .field("byte", Schema.INT8_SCHEMA)
            .field("absent", Schema.OPTIONAL_STRING_SCHEMA)
            .field("preset", SchemaBuilder.string().defaultValue("d").build())
            .field("counts", SchemaBuilder.map(Schema.INT32_SCHEMA, Schema.STRING_SCHEMA).build())
            .build();
    Schema schema =
        SchemaBuilder.struct()
            .name("org.example.Record")
            .field("phone", Schema.STRING_SCHEMA)
            .field("all", all)
            .build();
    Struct value =
        new Struct(schema)
            .put("phone", "+31600000301")
            .put(
                "all",
                new Struct(all)
                    .put("decimal", new BigDecimal("12.500"))
                    .put("date", Date.from(Instant.parse("2031-03-01T00:00:00Z")))
                    .put("time", new Date(47_655_000))
                    .put("at", Date.from(Instant.parse("2031-03-01T13:14:15Z")))
                    .put("byte", (byte) 7)
                    .put("preset", "d")
                    .put("counts", Map.of(1, "one")));

    produce(topic, avro.converted(topic, schema, value));

    assertThat(messages(topic, 1).get(0).at("/meta/extraInformation"))
        .isEqualTo(
            json(
                """
                {"decimal": 12.5, "date": "2031-03-01", "time": "13:14:15.000",
                 "at": "2031-03-01T13:14:15Z", "byte": 7, "preset": "d",
                 "counts": {"1": "one"}}"""));
  }
}
