package dev.birdconnect.sink;

import static dev.birdconnect.sink.TaskHarness.P0;
import static dev.birdconnect.sink.TaskHarness.record;
import static dev.birdconnect.sink.TaskHarness.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.request.InvalidRequestException;
import dev.birdconnect.client.request.SendRequest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
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

/** The tables of {@code docs/mapping.md}: what they say is so, and nothing of it is left out. */
class MappingTablesTest {

  private static final MappingPage PAGE = MappingPage.read();
  private static final Instant AT = Instant.parse("2031-03-01T13:00:00Z");
  private static final String TO = "\"receiver\": {\"contacts\": [{\"id\": \"c\"}]}";
  private static final String BODY = "\"body\": {\"type\": \"text\", \"text\": {\"text\": \"x\"}}";
  private static final String IN_A_TEXT =
      "{" + TO + ", \"body\": {\"type\": \"text\", \"text\": {\"text\": \"a %s\"}}}";

  private static JsonNode filled(String template, SinkRecord record) {
    return Intakes.send(record, "message.format", "template", "message.template", template)
        .request()
        .tree();
  }

  /** What a placeholder is inside a text. */
  private static String inAText(String placeholder, SinkRecord record) {
    return filled(IN_A_TEXT.formatted(placeholder), record)
        .at("/body/text/text")
        .textValue()
        .substring(2);
  }

  /** What a placeholder alone is as JSON, where any JSON may be. */
  private static JsonNode alone(String placeholder, SinkRecord record) {
    String members = TO + ", " + BODY + ", \"meta\": {\"extraInformation\": {\"x\": \"%s\"}}";
    return filled("{" + members.formatted(placeholder) + "}", record)
        .at("/meta/extraInformation/x");
  }

  private static SinkRecord asTransformsLeaveIt(Object key, Object value) {
    ConnectHeaders headers = new ConnectHeaders();
    headers.addString("lang", "de").addString("lang", "nl").addString("x-trace.id", "t1");
    headers.addString("origin", "{\"shop\": \"north\"}");
    return new SinkRecord(
            "orders", 3, null, key, null, value, 17, AT.toEpochMilli(), TimestampType.CREATE_TIME)
        .newRecord("routed", 9, null, key, null, value, AT.toEpochMilli(), headers);
  }

  @Test
  void everyPlaceholderStandsForWhatIsSaid() {
    String value =
        "{\"customer\":{\"phone\":\"+31600000001\"},\"items\":[{\"sku\":\"s0\"},{\"sku\":\"s1\"}],"
            + "\"order.id\":\"o1\"}";
    String key = "{\"id\":7}";
    Map<String, String> said =
        Map.ofEntries(
            Map.entry("${value.customer.phone}", "+31600000001"),
            Map.entry("${value}", value),
            Map.entry("${value.items[0].sku}", "s0"),
            Map.entry("${value['order.id']}", "o1"),
            Map.entry("${key}", key),
            Map.entry("${key.id}", "7"),
            Map.entry("${header.lang}", "nl"),
            Map.entry("${header['x-trace.id']}", "t1"),
            Map.entry("${header.origin.shop}", "north"),
            Map.entry("${topic}", "routed"),
            Map.entry("${partition}", "3"),
            Map.entry("${offset}", "17"),
            Map.entry("${timestamp}", AT.toString()));

    assertThat(
            PAGE.table("placeholder").stream()
                .flatMap(row -> MappingPage.code(String.join(" ", row)).stream())
                .filter(code -> code.startsWith("${")))
        .containsExactlyInAnyOrderElementsOf(said.keySet());
    SinkRecord record = asTransformsLeaveIt(key, value);
    said.forEach(
        (placeholder, text) ->
            assertThat(inAText(placeholder, record)).as(placeholder).isEqualTo(text));
    assertThat(PAGE.table("placeholder").get(7).get(1)).contains("`" + AT + "`");
  }

  @Test
  void everyTypeReadsAsIsSaid() {
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
            .put("price", new BigDecimal("12.50"))
            .put("day", java.util.Date.from(Instant.parse("2031-03-01T00:00:00Z")))
            .put("time", java.util.Date.from(Instant.parse("1970-01-01T13:14:15Z")))
            .put("at", java.util.Date.from(AT))
            .put("bytes", new byte[] {1, 2});
    SinkRecord typed = record(P0, 0, "k", value);
    SinkRecord json = record(P0, 0, "k", "{\"price\": 12.50}");
    List<List<String>> rows = PAGE.table("in the record");

    assertThat(rows).extracting(row -> row.get(0)).startsWith("Decimal", "number in JSON text");
    assertThat(MappingPage.code(rows.get(0).get(2)))
        .containsExactly(inAText("${value.price}", typed));
    assertThat(alone("${value.price}", typed).toString()).isEqualTo("12.50");
    assertThat(MappingPage.code(rows.get(1).get(2)))
        .containsExactly(inAText("${value.price}", json));
    assertThat(alone("${value.price}", json).toString()).isEqualTo("12.50");
    List<String> times = List.of("${value.day}", "${value.time}", "${value.at}");
    assertThat(MappingPage.code(rows.get(2).get(2)))
        .isEqualTo(times.stream().map(time -> inAText(time, typed)).toList())
        .isEqualTo(times.stream().map(time -> alone(time, typed).textValue()).toList());
    assertThat(inAText("${value.bytes}", typed))
        .isEqualTo("AQI=")
        .isEqualTo(alone("${value.bytes}", typed).asText());
    assertThat(rows).hasSize(5);
    SinkRecord bytes =
        record(P0, 0, utf8("{\"id\": \"é\"}"), utf8("{\"name\": \"text\", \"n\": 1}"));
    assertThat(alone("${key}", bytes).textValue()).isEqualTo("{\"id\": \"é\"}");
    assertThat(alone("${key.id}", bytes).textValue()).isEqualTo("é");
    assertThat(alone("${value.n}", bytes).isInt()).isTrue();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String rejected(Object value, String... settings) {
    return Intakes.rejection(record(P0, 0, null, value), settings).reason().sentence();
  }

  private static String unfilled(String placeholder, Object key, Object value) {
    return Intakes.rejection(
            record(P0, 0, key, value),
            "message.format",
            "template",
            "message.template",
            IN_A_TEXT.formatted(placeholder))
        .reason()
        .sentence();
  }

  private static String wrong(String members) {
    return rejected("{" + members + "}");
  }

  private interface Check {
    void of(SendRequest request) throws InvalidRequestException;
  }

  /** What a check that needs to know more than the record says of one that is right otherwise. */
  private static String wrongLater(String members, Check check) {
    SendRequest request = Intakes.send(record(P0, 0, "k", "{" + members + "}")).request();
    return catchThrowableOfType(InvalidRequestException.class, () -> check.of(request))
        .getMessage();
  }

  /** What is said of a record for each beginning that the page shows. */
  private static Map<String, String> sentences() {
    String two = "\"receiver\": {\"contacts\": [{\"id\": \"a\"}, {\"id\": \"b\"}]}, " + BODY;
    String later = TO + ", " + BODY + ", \"scheduledFor\": ";
    String image = ", \"body\": {\"type\": \"image\", \"image\": {\"images\": [{\"mediaUrl\": ";
    String[] byField = {"bird.channel.by", "field", "bird.channel.field", "value.shop.channel"};
    String[] labelled = {"reference.from", "field", "reference.field", "value.order"};
    return Map.ofEntries(
        Map.entry(
            "the field of the placeholder ${value.phone} is missing or null",
            unfilled("${value.phone}", "k", "{\"phone\": null}")),
        Map.entry(
            "value.price: the number is not finite",
            unfilled("${value.price}", "k", Map.of("price", Double.NaN))),
        Map.entry(
            "value.order: the value is nested deeper than 64 levels",
            unfilled(
                "${value.order}", "k", "{\"order\": " + "[".repeat(70) + "]".repeat(70) + "}")),
        Map.entry(
            "value.phone: the value is not one JSON document",
            unfilled("${value.phone}", "k", "+31600000001")),
        Map.entry(
            "key: the bytes are not text in UTF-8",
            unfilled("${key}", new byte[] {(byte) 0xff}, "x")),
        Map.entry(
            ".reciever: there is no such field", wrong(TO + ", " + BODY + ", \"reciever\": 1")),
        Map.entry(".body: ", wrong(TO)),
        Map.entry(
            ".receiver.contacts: there is no contact",
            wrong("\"receiver\": {\"contacts\": []}, " + BODY)),
        Map.entry(
            ".receiver.contacts[0]: the contact names nobody",
            wrong("\"receiver\": {\"contacts\": [{}]}, " + BODY)),
        Map.entry(
            ".receiver.contacts: there are 2 contacts, but the channel",
            wrongLater(two, request -> request.checkPlatform("sms"))),
        Map.entry(
            ".tags: ", wrong(TO + ", " + BODY + ", \"tags\": [" + "\"t\", ".repeat(10) + "\"t\"]")),
        Map.entry(".tags[2]: ", wrong(TO + ", " + BODY + ", \"tags\": [\"a\", \"b\", \"c!\"]")),
        Map.entry(".scheduledFor: value must be a time in RFC 3339", wrong(later + "\"tomorrow\"")),
        Map.entry(
            ".scheduledFor: the time is more than 35 days ahead",
            wrongLater(later + "\"2031-05-01T13:00:00Z\"", request -> request.checkSchedule(AT))),
        Map.entry(
            ".body: the request has ... bytes",
            rejected(text("+31600000001", "x".repeat(200_000)))),
        Map.entry(
            ".body.image.images[0].mediaUrl: ",
            wrong(TO + image + "\"data:image/png;base64,***\"}]}}")),
        Map.entry(
            "value.shop.channel: it has to hold the id of a channel",
            rejected("{\"shop\": {\"channel\": \"sms\"}}", byField)),
        Map.entry(
            "value.order: it has to hold the reference",
            rejected("{" + TO + ", " + BODY + "}", labelled)),
        Map.entry(".reference: ", wrong(TO + ", " + BODY + ", \"reference\": \"order-1\"")),
        Map.entry(
            "it has no value (tombstone)", rejected(null, "behavior.on.null.values", "report")));
  }

  @Test
  void everyRejectionBeginsAsIsSaid() {
    Map<String, String> sentences = sentences();
    List<String> beginnings =
        PAGE.table("cause").stream()
            .flatMap(row -> MappingPage.code(row.get(1)).stream())
            .filter(code -> !code.startsWith("behavior."))
            .toList();

    assertThat(beginnings).containsExactlyInAnyOrderElementsOf(sentences.keySet());
    sentences.forEach(
        (beginning, sentence) -> assertThat(sentence).matches(beginningWith(beginning)));
    assertThat(PAGE.table("cause").stream().filter(row -> MappingPage.code(row.get(1)).isEmpty()))
        .as("causes without a sentence")
        .isEmpty();
  }

  private static String beginningWith(String beginning) {
    return Pattern.compile(" \\.\\.\\. ")
        .splitAsStream(beginning)
        .map(Pattern::quote)
        .collect(Collectors.joining(" \\d+ ", "(?s)", ".*"));
  }

  @Test
  void theCausesThatAreNamedWithoutAnExampleAreRejectedAlike() {
    List<Object> parts = new ArrayList<>();
    for (int i = 0; i <= 100_000; i++) {
      parts.add(i);
    }
    assertThat(unfilled("${value.order}", "k", Map.of("order", parts)))
        .startsWith("value.order[")
        .contains("more than 100000 parts");
    assertThat(unfilled("${value.text}", "k", Map.of("text", "half \ud800")))
        .startsWith("value.text: the text holds half of a surrogate pair");
    assertThat(wrong(BODY)).startsWith(".receiver: the field is required");
    assertThat(wrong(TO + ", " + BODY + ", \"validity\": \"long\""))
        .startsWith(".validity: value must be a whole number");
    assertThat(wrong(TO + ", " + BODY + ", \"template\": {}")).startsWith(".body: body and ");
    String[] byTopic = {
      "bird.channel.by",
      "topic",
      "bird.channel.topics",
      "mail:00000000-0000-4000-8000-000000000001",
      "bird.channel.id",
      ""
    };
    assertThat(rejected("{}", byTopic)).startsWith("there is no channel for its topic");
  }

  @Test
  void theSentenceEndsWithThePlaceholdersAtFault() {
    String template = "{" + TO + ", " + BODY + ", \"tags\": \"${value.tags}\"}";
    String sentence =
        Intakes.rejection(
                record(P0, 0, "k", "{\"tags\": \"sale\"}"),
                "message.format",
                "template",
                "message.template",
                template)
            .reason()
            .sentence();
    assertThat(PAGE.code()).contains(sentence);
  }

  @Test
  void theLimitsOfKafkaAreCalledSo() {
    assertThat(PAGE.code())
        .contains(
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG);
  }
}
