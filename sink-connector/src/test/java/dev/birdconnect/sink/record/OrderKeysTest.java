package dev.birdconnect.sink.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.sink.config.OrderBy;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class OrderKeysTest {

  private static SendRequest request() throws Exception {
    return SendRequest.of(
        new ObjectMapper()
            .readTree(
                """
                {"receiver": {"contacts": [{"identifierValue": "+31600000001"}]},
                 "body": {"type": "text", "text": {"text": "x"}}}"""));
  }

  private static Optional<Object> key(OrderBy orderBy, int partition, Object key) throws Exception {
    return new OrderKeys(orderBy)
        .of(new SinkRecord("orders", partition, null, key, null, "x", 0), request());
  }

  private static Object byKey(Object key) throws Exception {
    return key(OrderBy.KEY, 0, key).orElseThrow();
  }

  @Test
  void keysWithEqualContentAreEqual() throws Exception {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("a", new byte[] {1});
    one.put("b", 2);
    Map<String, Object> other = new HashMap<>();
    other.put("b", 2);
    other.put("a", new byte[] {1});
    assertThat(byKey(one)).isEqualTo(byKey(other)).hasSameHashCodeAs(byKey(other));
    assertThat(byKey(new byte[] {1, 2}))
        .isEqualTo(byKey(new byte[] {1, 2}))
        .isEqualTo(byKey(ByteBuffer.wrap(new byte[] {0, 1, 2}, 1, 2)))
        .isNotEqualTo(byKey(new byte[] {1, 3}));
    assertThat(byKey(List.of(new byte[] {1})))
        .isEqualTo(byKey(Arrays.asList(new byte[] {1}, null).subList(0, 1)));
    assertThat(byKey("a")).isEqualTo("a");
  }

  @Test
  void withoutAKeyThereIsNoOrder() throws Exception {
    assertThat(key(OrderBy.KEY, 0, null)).isEmpty();
    assertThat(key(OrderBy.NONE, 0, "a")).isEmpty();
  }

  @Test
  void thePartitionIsWhereTheRecordStandsWhateverTransformsMadeOfIt() throws Exception {
    SinkRecord record = new SinkRecord("orders", 0, null, "a", null, "x", 0);
    SinkRecord moved = record.newRecord("renamed", 7, null, "a", null, "x", null);
    OrderKeys keys = new OrderKeys(OrderBy.PARTITION);
    assertThat(keys.of(moved, request())).isPresent().isEqualTo(keys.of(record, request()));
  }

  @Test
  void aKeyWithoutAFormIsOrderedWithItsPartition() throws Exception {
    Map<String, Object> itself = new HashMap<>();
    itself.put("self", itself);
    Object partition = key(OrderBy.PARTITION, 0, "a").orElseThrow();
    assertThat(byKey(itself)).isEqualTo(partition);
    assertThat(byKey(new Object())).isEqualTo(partition);
    assertThat(key(OrderBy.KEY, 1, itself).orElseThrow()).isNotEqualTo(partition);
  }
}
