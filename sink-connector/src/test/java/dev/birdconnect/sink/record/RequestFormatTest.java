package dev.birdconnect.sink.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.sink.config.OrderBy;
import dev.birdconnect.sink.field.UnfitRecordException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class RequestFormatTest {

  private static final String SEND =
      "{\"receiver\": {\"contacts\": [%s]}, \"body\": {\"type\": \"text\", \"text\": {\"text\":"
          + " \"x\"}}%s}";

  private static SendRequest toRequest(SinkRecord record) throws UnfitRecordException {
    return new RequestFormat(Optional.empty())
        .toRequest(record, new RecordFields(record))
        .request();
  }

  private static SinkRecord record(Object key, Object value) {
    return new SinkRecord("orders", 3, null, key, null, value, 0);
  }

  @Test
  void anythingButAnObjectIsRefused() {
    for (Object value : new Object[] {"[]", "\"text\"", 12, true, "null"}) {
      assertThatThrownBy(() -> toRequest(record(null, value)))
          .isInstanceOf(UnfitRecordException.class)
          .hasMessageContaining("object");
    }
  }

  @Test
  void faultsAreNamedByFieldAndRemedy() {
    assertThatThrownBy(() -> toRequest(record(null, Map.of("reciever", Map.of()))))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageContaining(".reciever: there is no such field")
        .hasMessageContaining(".receiver: the field is required");
  }

  @Test
  void aNumberWhereTheApiTakesTextIsRefused() {
    String number = SEND.formatted("{\"identifierValue\": 31}", "");
    assertThatThrownBy(() -> toRequest(record(null, number)))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessage(".receiver.contacts[0].identifierValue: value must be text");
  }

  @Test
  void bytesInAStructOrAMapAreMediaWhereTheApiTakesAnAddress() throws Exception {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    Schema image = SchemaBuilder.struct().field("mediaUrl", Schema.BYTES_SCHEMA).build();
    for (Object medium :
        new Object[] {Map.of("mediaUrl", png), new Struct(image).put("mediaUrl", png)}) {
      Map<String, Object> value =
          Map.of(
              "receiver", Map.of("contacts", List.of(Map.of("id", "c"))),
              "body", Map.of("type", "image", "image", Map.of("images", List.of(medium))));
      SinkRecord record = record(null, value);
      MappedRequest mapped =
          new RequestFormat(Optional.empty()).toRequest(record, new RecordFields(record));
      assertThat(mapped.media())
          .singleElement()
          .satisfies(
              found -> {
                assertThat(found.content().toByteArray()).isEqualTo(png);
                assertThat(found.medium().contentType()).isEqualTo("image/png");
              });
    }
  }

  @Test
  void halfOfASurrogatePairIsRefusedSinceItCannotBeWritten() {
    String text = SEND.formatted("{\"id\": \"c\"}", "").replace("\"x\"", "\"\\ud800 x\"");
    assertThatThrownBy(() -> toRequest(record(null, text)))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageStartingWith(".body.text.text: ");
  }

  @Test
  void theOrderKeyIsTheKeyTheReceiverThePartitionOrNothing() throws Exception {
    SendRequest byValue =
        toRequest(
            record(
                null,
                SEND.formatted("{\"identifierValue\": \"+31600000001\", \"id\": \"c\"}", "")));
    SendRequest byId = toRequest(record(null, SEND.formatted("{\"id\": \"c\"}", "")));
    SinkRecord record = record(new byte[] {1, 2}, "{}");
    SinkRecord equal = record(new byte[] {1, 2}, "{}");
    OrderKeys keys = new OrderKeys(OrderBy.KEY);
    OrderKeys receivers = new OrderKeys(OrderBy.RECEIVER);

    assertThat(keys.of(record, byId)).isPresent().isEqualTo(keys.of(equal, byValue));
    assertThat(keys.of(record(null, "{}"), byId)).isEmpty();
    assertThat(receivers.of(record, byValue)).isPresent().isNotEqualTo(receivers.of(record, byId));
    assertThat(receivers.of(record, byId))
        .isPresent()
        .isEqualTo(receivers.of(record(null, ""), byId));
    assertThat(new OrderKeys(OrderBy.PARTITION).of(record, byId))
        .isPresent()
        .isEqualTo(new OrderKeys(OrderBy.PARTITION).of(record(null, "{}"), byValue));
    assertThat(new OrderKeys(OrderBy.NONE).of(record, byId)).isEmpty();
  }

  @Test
  void structKeysAreComparedByContent() throws Exception {
    SendRequest request = toRequest(record(null, SEND.formatted("{\"id\": \"c\"}", "")));
    Schema schema = SchemaBuilder.struct().field("id", Schema.BYTES_SCHEMA).build();
    OrderKeys keys = new OrderKeys(OrderBy.KEY);
    assertThat(keys.of(record(new Struct(schema).put("id", new byte[] {7}), ""), request))
        .isEqualTo(keys.of(record(new Struct(schema).put("id", new byte[] {7}), ""), request));
  }

  @Test
  void theWeightGrowsWithTheValue() {
    long small = RecordWeight.of(record(null, Map.of("a", "b")));
    long large = RecordWeight.of(record(null, Map.of("a", "b".repeat(100_000))));
    assertThat(large - small).isEqualTo(99_999);
    assertThat(RecordWeight.of(record(null, null))).isPositive();
  }
}
