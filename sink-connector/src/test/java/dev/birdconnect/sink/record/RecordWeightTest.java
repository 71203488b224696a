package dev.birdconnect.sink.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class RecordWeightTest {

  private static final int MEDIUM = 1_000_000;

  private static long weight(Object key, Object value) {
    return RecordWeight.of(new SinkRecord("t", 0, null, key, null, value, 0));
  }

  @Test
  void mediaCountWhereverTheyStand() {
    Schema schema = SchemaBuilder.struct().field("photo", Schema.BYTES_SCHEMA).build();
    SinkRecord withHeader = new SinkRecord("t", 0, null, null, null, "{}", 0);
    withHeader.headers().addBytes("photo", new byte[MEDIUM]);

    assertThat(weight("k", "{}")).isLessThan(MEDIUM);
    assertThat(weight("k", "x".repeat(MEDIUM))).isGreaterThan(MEDIUM);
    assertThat(weight("k", new Struct(schema).put("photo", new byte[MEDIUM])))
        .isGreaterThan(MEDIUM);
    assertThat(weight("k", ByteBuffer.allocate(MEDIUM))).isGreaterThan(MEDIUM);
    assertThat(weight(new byte[MEDIUM], "{}")).isGreaterThan(MEDIUM);
    assertThat(RecordWeight.of(withHeader)).isGreaterThan(MEDIUM);
  }
}
