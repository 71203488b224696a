package dev.birdconnect.source.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessageStatus;
import dev.birdconnect.client.message.PageReader;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.source.position.Origin;
import dev.birdconnect.source.position.Position;
import dev.birdconnect.source.position.ShardState;
import dev.birdconnect.source.reading.ChannelEvent;
import dev.birdconnect.source.reading.ChannelEvent.MessageSeen;
import dev.birdconnect.source.reading.ChannelEvent.StatusSeen;
import dev.birdconnect.source.reading.Emission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import okio.ByteString;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class EventRecordsTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ChannelAddress ADDRESS = new ChannelAddress("w", "c");
  private static final String FULL =
      """
      {"id": "m1", "channelId": "c", "platformId": "sms", "direction": "outgoing",
       "sender": {"connector": {"id": "k1", "identifierValue": "DEPOT", "types": ["sms"],
         "annotations": {"name": "Depot"}}},
       "receiver": {"contacts": [{"id": "p1", "identifierKey": "phonenumber",
         "identifierValue": "+31600000001", "type": "to", "countryCode": "NL",
         "platformAddress": "+31600000001", "platformAddressSelector": "x",
         "identifiers": [{"identifierKey": "k", "identifierValue": "v"}],
         "annotations": {"name": "Ann", "vip": true}}]},
       "body": {"type": "image", "image": {"text": "The label",
         "images": [{"mediaUrl": "https://media.example.org/a.png", "altText": "A label"}],
         "actions": [{"type": "link", "link": {"text": "Track", "url": "https://example.org/t"}}],
         "metadata": {"subject": "Label"}}},
       "template": {"name": "n", "projectId": "pr", "version": "latest", "locale": "en"},
       "meta": {"extraInformation": {"shop": "demo"}},
       "reference": "bk1:shop:orders:3:41:0", "reason": "the number is not in use",
       "details": "unknown_subscriber",
       "failure": {"code": 15005, "description": "cannot be reached",
         "source": {"code": "1", "name": "sms-messagebird"}},
       "parts": [{"platformReference": "p-1"}], "origin": {"type": "flow", "id": "f"},
       "replyTo": {"id": "m0", "type": "message", "order": 2}, "tags": ["parcel"],
       "tagIds": ["t1"], "shortLinks": {"domain": "default"}, "bodyId": "b1",
       "chargeableUnits": 4294967295, "platformReferenceId": "pf",
       "ignorePersistedEventhooks": true, "status": "sending_failed",
       "createdAt": "2031-03-01T13:00:02.123456789Z",
       "lastStatusAt": "2031-03-01T13:00:04.12Z", "updatedAt": "2031-03-01T13:00:04.131Z",
       "scheduledFor": "2031-03-01T13:00:03Z", "sendAt": "2031-03-01T13:00:03Z",
       "newField": {"a": 1}}\
      """;

  private static final Instant READ_AT = Instant.parse("2031-03-02T09:00:00Z");
  private static final EventSettings USUAL =
      new EventSettings(EventKey.MESSAGE, EventTime.EVENT, EnumSet.allOf(EventHeader.class));

  private final JsonConverter converter = new JsonConverter();

  EventRecordsTest() {
    converter.configure(Map.of("schemas.enable", "true"), false);
  }

  private static Message message(String json) throws Exception {
    return Message.of(MAPPER.readTree(json));
  }

  private static SourceRecord record(ChannelEvent event) {
    return record(event, USUAL);
  }

  private static SourceRecord record(ChannelEvent event, EventSettings settings) {
    Position position = Position.of(event.message());
    EventRecords records = new EventRecords("bird", settings, () -> READ_AT);
    return records.of(
        ADDRESS, new Emission(event, 5, ShardState.none(Origin.EARLIEST, position), false, true));
  }

  /** To JSON with its schema and back, as a topic and a consumer would see it. */
  private SchemaAndValue roundTrip(SourceRecord record) {
    byte[] bytes = converter.fromConnectData(record.topic(), record.valueSchema(), record.value());
    return converter.toConnectData(record.topic(), bytes);
  }

  @Test
  void everyFieldOfTheMessageIsInTheEvent() throws Exception {
    SourceRecord record = record(new MessageSeen(message(FULL), true));
    Struct value = (Struct) roundTrip(record).value();
    assertThat(value).isEqualTo(record.value());
    for (Field field : value.schema().fields()) {
      assertThat(value.get(field)).as(field.name()).isNotNull();
    }
    assertThat(value.getInt64("chargeableUnits")).isEqualTo(4_294_967_295L);
    assertThat(value.getStruct("failure").getInt64("code")).isEqualTo(15_005);
    assertThat(value.getStruct("body").getString("text")).isEqualTo("The label");
    assertThat(value.getStruct("body").getArray("mediaUrls"))
        .isEqualTo(List.of("https://media.example.org/a.png"));
    assertThat(MAPPER.readTree(value.getString("bodyJson")))
        .isEqualTo(MAPPER.readTree(FULL).get("body"));
    assertThat(value.getString("createdAtText")).isEqualTo("2031-03-01T13:00:02.123456789Z");
    assertThat(value.getString("otherFieldsJson")).isEqualTo("{\"newField\":{\"a\":1}}");
    assertThat(value.getStruct("receiver").<Struct>getArray("contacts").get(0).getString("name"))
        .isEqualTo("Ann");
  }

  @Test
  void numbersInJsonTextKeepTheirDigits() throws Exception {
    String meta =
        "{\"extraInformation\":{\"price\":12.50,\"sum\":1234567890123456.789,\"x\":1E+400}}";
    String location =
        "{\"coordinates\":{\"latitude\":52.370,\"longitude\":1e400},"
            + "\"actions\":[{\"type\":\"pay\",\"pay\":{\"amountCents\":1e999999999}}]}";
    ObjectNode resource = (ObjectNode) MAPPER.readTree(FULL);
    resource.put("meta", "here").put("body", "there");
    String page =
        ("{\"results\": [" + resource + "]}")
            .replace("\"here\"", meta)
            .replace("\"there\"", "{\"type\":\"location\",\"location\":" + location + "}");
    Message message = PageReader.read(ByteString.encodeUtf8(page)).results().get(0);

    Struct value = (Struct) roundTrip(record(new MessageSeen(message, false))).value();

    assertThat(value.getString("metaJson")).isEqualTo(meta);
    Struct body = value.getStruct("body");
    assertThat(body.getStruct("location").getFloat64("latitude")).isEqualTo(52.37);
    assertThat(body.getStruct("location").getFloat64("longitude")).isNull();
    assertThat(body.<Struct>getArray("actions").get(0).getInt64("amountCents")).isNull();
  }

  @Test
  void theMessageRecordHasKeyHeadersAndItsOwnTime() throws Exception {
    SourceRecord record = record(new MessageSeen(message(FULL), false));
    assertThat(record.topic()).isEqualTo("bird.messages");
    assertThat(record.key()).isEqualTo("m1");
    assertThat(record.keySchema()).isEqualTo(Schema.STRING_SCHEMA);
    assertThat(record.timestamp())
        .isEqualTo(Instant.parse("2031-03-01T13:00:02.123Z").toEpochMilli());
    assertThat(header(record, "bird.event.id")).isEqualTo("m1:message");
    assertThat(header(record, "bird.event.type")).isEqualTo("message");
    assertThat(header(record, "bird.channel.id")).isEqualTo("c");
    assertThat(header(record, "bird.platform")).isEqualTo("sms");
    assertThat(record.sourcePartition())
        .isEqualTo(Map.of("workspaceId", "w", "channelId", "c", "shard", "5"));
  }

  @Test
  void keysAreChosen() throws Exception {
    String incoming =
        """
        {"id": "m", "channelId": "c", "status": "delivered", "reference": "",
         "createdAt": "2031-03-01T13:00:02Z", "lastStatusAt": "2031-03-01T13:00:02Z",
         "sender": {"contact": {"identifierValue": "+31600000002"}},
         "receiver": {"connector": {"id": "k"}}}""";
    assertThat(keys(message(FULL))).containsExactly("m1", "p1", "bk1:shop:orders:3:41:0", "c");
    assertThat(keys(message(incoming))).containsExactly("m", "+31600000002", "m", "c");
    assertThat(keys(message(incoming.replace("\"contact\"", "\"other\""))))
        .containsExactly("m", "m", "m", "c");
  }

  private static List<Object> keys(Message message) {
    List<Object> keys = new ArrayList<>();
    for (EventKey key : EventKey.values()) {
      EventSettings settings = new EventSettings(key, EventTime.EVENT, Set.of());
      Object ofMessage = record(new MessageSeen(message, false), settings).key();
      assertThat(record(new StatusSeen(message, Optional.empty(), 1), settings).key())
          .isEqualTo(ofMessage);
      keys.add(ofMessage);
    }
    return keys;
  }

  @Test
  void theTimestampMayBeTheTimeOfReading() throws Exception {
    EventSettings settings = new EventSettings(EventKey.MESSAGE, EventTime.READING, Set.of());
    assertThat(record(new MessageSeen(message(FULL), false), settings).timestamp())
        .isEqualTo(READ_AT.toEpochMilli());
    assertThat(record(new StatusSeen(message(FULL), Optional.empty(), 1), settings).timestamp())
        .isEqualTo(READ_AT.toEpochMilli());
  }

  @Test
  void aTimeThatABrokerWouldRefuseIsNotTaken() throws Exception {
    Instant bearable = READ_AT.plus(Duration.ofMinutes(30));
    assertThat(statusAt(bearable)).isEqualTo(bearable.toEpochMilli());
    assertThat(statusAt(bearable.plusMillis(1))).isEqualTo(READ_AT.toEpochMilli());
  }

  private static long statusAt(Instant lastStatusAt) throws Exception {
    Message message =
        Message.of(
            ((ObjectNode) MAPPER.readTree(FULL)).put("lastStatusAt", lastStatusAt.toString()));
    return record(new StatusSeen(message, Optional.empty(), 1)).timestamp();
  }

  @Test
  void headersAreChosen() throws Exception {
    EventSettings settings =
        new EventSettings(
            EventKey.MESSAGE, EventTime.EVENT, Set.of(EventHeader.ID, EventHeader.PLATFORM));
    SourceRecord record = record(new MessageSeen(message(FULL), false), settings);
    assertThat(record.headers())
        .extracting(Header::key)
        .containsExactlyInAnyOrder("bird.event.id", "bird.platform");
  }

  @Test
  void aReferenceOfTheUsersOwnLeavesTheCoordinatesToTheExtraInformation() throws Exception {
    ObjectNode resource = (ObjectNode) MAPPER.readTree(FULL);
    resource.put("reference", "parcel 7");
    ((ObjectNode) resource.at("/meta/extraInformation"))
        .put("kafkaRecord", "bk1:shop:parcels:1:9:0");
    Struct value =
        (Struct) record(new StatusSeen(Message.of(resource), Optional.empty(), 1)).value();
    assertThat(value.getString("reference")).isEqualTo("parcel 7");
    assertThat(value.getString("referenceNamespace")).isEqualTo("shop");
    assertThat(value.getString("referenceTopic")).isEqualTo("parcels");
    assertThat(value.getInt32("referencePartition")).isEqualTo(1);
    assertThat(value.getInt64("referenceOffset")).isEqualTo(9);

    ((ObjectNode) resource.at("/meta/extraInformation")).put("kafkaRecord", "something else");
    value = (Struct) record(new StatusSeen(Message.of(resource), Optional.empty(), 1)).value();
    assertThat(value.getString("referenceTopic")).isNull();
  }

  @Test
  void theStatusRecordTakesTheReferenceApart() throws Exception {
    SourceRecord record = record(new StatusSeen(message(FULL), Optional.of(MessageStatus.SENT), 3));
    Struct value = (Struct) roundTrip(record).value();
    assertThat(record.topic()).isEqualTo("bird.statuses");
    assertThat(record.timestamp())
        .isEqualTo(Instant.parse("2031-03-01T13:00:04.120Z").toEpochMilli());
    for (Field field : value.schema().fields()) {
      assertThat(value.get(field)).as(field.name()).isNotNull();
    }
    assertThat(value.getString("previousStatus")).isEqualTo("sent");
    assertThat(value.getBoolean("finalStatus")).isTrue();
    assertThat(value.getString("eventId"))
        .isEqualTo("m1:sending_failed:2031-03-01T13:00:04.120Z:3")
        .isEqualTo(header(record, "bird.event.id"));
    assertThat(value.getString("referenceTopic")).isEqualTo("orders");
    assertThat(value.getInt64("referenceOffset")).isEqualTo(41);
    assertThat(value.getBoolean("possibleRepeat")).isFalse();
  }

  @Test
  void aStatusThatMayComeAgainIsMarkedAndHasTheSameEventIdThen() throws Exception {
    StatusSeen seen = new StatusSeen(message(FULL), Optional.empty(), StatusSeen.NOT_COUNTED);
    Struct value = (Struct) roundTrip(record(seen)).value();
    assertThat(value.getBoolean("possibleRepeat")).isTrue();
    assertThat(value.getString("eventId"))
        .isEqualTo("m1:sending_failed:2031-03-01T13:00:04.120Z:0");
  }

  @Test
  void anInboundMessageHasItsContactAsSender() throws Exception {
    Struct value =
        (Struct)
            record(
                    new MessageSeen(
                        message(
                            """
                            {"id": "m", "channelId": "c", "status": "delivered", "reference": "",
                             "createdAt": "2031-03-01T13:00:02Z",
                             "lastStatusAt": "2031-03-01T13:00:02Z",
                             "sender": {"contact": {"id": "p", "identifierValue": "v"}},
                             "receiver": {"connector": {"id": "k"}}}\
                            """),
                        false))
                .value();
    assertThat(value.getStruct("sender").<Struct>getArray("contacts").get(0).getString("id"))
        .isEqualTo("p");
    assertThat(value.getStruct("receiver").getStruct("connector").getString("id")).isEqualTo("k");
    assertThat(value.getString("reference")).isNull();
    assertThat(value.getString("referenceTopic")).isNull();
  }

  @Test
  void timesAtTheEndsOfWhatTheApiMayGiveDoNotFail() throws Exception {
    String json =
        """
        {"id": "m", "channelId": "c", "status": "sent", "createdAt": "1960-01-01T00:00:00Z",
         "lastStatusAt": "9999-12-31T23:59:59Z", "updatedAt": "no time"}\
        """;
    SourceRecord seen = record(new MessageSeen(message(json), false));
    assertThat(seen.timestamp()).isZero();
    assertThat(((Struct) seen.value()).get("updatedAt")).isNull();
    assertThat(record(new StatusSeen(message(json), Optional.empty(), 1)).timestamp()).isPositive();
  }

  /** Any field may be of any kind: the record is made and can be written. */
  @Property(tries = 300)
  void oddFieldsNeverFail(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    ObjectNode resource = (ObjectNode) MAPPER.readTree(FULL);
    for (int i = 0; i < 4; i++) {
      spoil(resource, random);
    }
    resource.put("id", "m").put("channelId", "c").put("status", "sent");
    resource.put("createdAt", "2031-03-01T13:00:02Z").put("lastStatusAt", "2031-03-01T13:00:02Z");
    Message message = Message.of(resource);
    roundTrip(record(new MessageSeen(message, false)));
    roundTrip(record(new StatusSeen(message, Optional.empty(), 1)));
  }

  private static void spoil(ObjectNode node, Random random) throws Exception {
    List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(node.properties());
    Map.Entry<String, JsonNode> field = fields.get(random.nextInt(fields.size()));
    if (field.getValue() instanceof ObjectNode inner && !inner.isEmpty() && random.nextBoolean()) {
      spoil(inner, random);
      return;
    }
    String[] odd = {"null", "[]", "{}", "\"\"", "7", "-1.5e300", "true", "[1,null,{}]", "\"x\""};
    node.set(field.getKey(), MAPPER.readTree(odd[random.nextInt(odd.length)]));
  }

  @Test
  void namesAndVersionsSuitAvro() {
    Map<String, Integer> versions = new HashMap<>();
    assertAvro(MessageSchema.VALUE, versions);
    assertAvro(StatusSchema.VALUE, versions);
    assertAvro(InteractionSchema.VALUE, versions);
    assertThat(versions).containsEntry("dev.birdconnect.source.Message", 2);
    assertThat(versions).containsEntry("dev.birdconnect.source.Body", 2);
    assertThat(versions).containsEntry("dev.birdconnect.source.MessageStatus", 2);
    versions
        .keySet()
        .removeAll(
            Set.of(MessageSchema.VALUE.name(), BodySchema.BODY.name(), StatusSchema.VALUE.name()));
    assertThat(versions.values()).hasSizeGreaterThan(10).containsOnly(1);
  }

  private static void assertAvro(Schema schema, Map<String, Integer> versions) {
    switch (schema.type()) {
      case STRUCT -> {
        assertThat(schema.name()).matches("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");
        versions.put(schema.name(), schema.version());
        schema
            .fields()
            .forEach(
                field -> {
                  assertThat(field.name()).matches("[A-Za-z_][A-Za-z0-9_]*");
                  assertAvro(field.schema(), versions);
                });
      }
      case ARRAY -> assertAvro(schema.valueSchema(), versions);
      default -> assertThat(schema.type().isPrimitive()).isTrue();
    }
  }

  private static Object header(SourceRecord record, String name) {
    return record.headers().lastWithName(name).value();
  }
}
