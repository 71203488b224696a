package dev.birdconnect.sink.report;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.StringConverter;
import org.jspecify.annotations.Nullable;

/**
 * Writes reports to their topic, on a thread of its own: a producer that does not know its topic or
 * whose memory is full makes its caller wait. Reports are written in the order of the calls.
 */
final class ReportWriter implements AutoCloseable {

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

  private final String topic;
  private final Producer<byte[], byte[]> producer;
  private final Converter keys;
  private final Converter values;
  private final ExecutorService executor;

  /**
   * @param topic the topic
   * @param producer closed together with the writer
   * @param keys converter of keys
   * @param values converter of reports
   * @param threadName name of the thread
   */
  ReportWriter(
      String topic,
      Producer<byte[], byte[]> producer,
      Converter keys,
      Converter values,
      String threadName) {
    this.topic = topic;
    this.producer = producer;
    this.keys = keys;
    this.values = values;
    this.executor =
        Executors.newSingleThreadExecutor(
            action -> {
              Thread thread = new Thread(action, threadName);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Writes a report.
   *
   * @param record the record it is about, for its key
   * @return ends when the report is written, or with the reason why it cannot be
   */
  CompletableFuture<Void> write(SinkRecord record, SendReport report) {
    CompletableFuture<Void> written = new CompletableFuture<>();
    try {
      executor.execute(() -> send(record, report, written));
    } catch (RejectedExecutionException e) {
      written.completeExceptionally(e);
    }
    return written;
  }

  private void send(SinkRecord record, SendReport report, CompletableFuture<Void> written) {
    try {
      ProducerRecord<byte[], byte[]> message =
          new ProducerRecord<>(topic, key(record), value(report));
      var unused =
          producer.send(
              message,
              (metadata, error) -> {
                if (error == null) {
                  written.complete(null);
                } else {
                  written.completeExceptionally(error);
                }
              });
    } catch (RuntimeException e) {
      written.completeExceptionally(e);
    }
  }

  private byte @Nullable [] key(SinkRecord record) {
    Object key = record.key();
    if (key == null) {
      return null;
    }
    if (key instanceof byte[] bytes && keys instanceof StringConverter) {
      return bytes;
    }
    try {
      return keys.fromConnectData(topic, record.keySchema(), key);
    } catch (RuntimeException e) {
      throw UnreportableException.ofKey(e);
    }
  }

  private byte[] value(SendReport report) {
    try {
      return values.fromConnectData(topic, ReportSchema.SCHEMA, ReportSchema.struct(report));
    } catch (RuntimeException e) {
      throw UnreportableException.ofValue(e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    producer.close(CLOSE_PATIENCE);
    close(keys);
    close(values);
  }

  /** Converters can be closed in newer versions of Connect only. */
  private static void close(Object converter) {
    if (converter instanceof AutoCloseable closeable) {
      Utils.closeQuietly(closeable, "converter of reports");
    }
  }
}
