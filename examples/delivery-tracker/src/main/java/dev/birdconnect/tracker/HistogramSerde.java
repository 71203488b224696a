package dev.birdconnect.tracker;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** A histogram in the store of channels, in the library's own form. */
final class HistogramSerde implements Serde<Histogram> {

  @Override
  public Serializer<Histogram> serializer() {
    return (topic, histogram) -> histogram == null ? null : bytes(histogram);
  }

  @Override
  public Deserializer<Histogram> deserializer() {
    return (topic, bytes) -> bytes == null ? null : histogram(bytes);
  }

  private static byte[] bytes(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoByteBuffer(buffer);
    return Arrays.copyOf(buffer.array(), length);
  }

  private static Histogram histogram(byte[] bytes) {
    Histogram histogram = Histogram.decodeFromByteBuffer(ByteBuffer.wrap(bytes), 0);
    histogram.setAutoResize(true);
    return histogram;
  }
}
