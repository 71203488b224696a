package dev.birdconnect.tracker;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running program. */
public final class DeliveryTracker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryTracker.class);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  private final KafkaStreams streams;
  private final CountDownLatch ended = new CountDownLatch(1);

  private DeliveryTracker(KafkaStreams streams) {
    this.streams = streams;
  }

  /**
   * Waits for the topics that are read, makes those that are written, and starts.
   *
   * @param settings see {@link TrackerConfig}
   * @throws IllegalStateException when Kafka refuses the topics
   */
  public static DeliveryTracker start(Map<String, String> settings) throws InterruptedException {
    TrackerConfig config = new TrackerConfig(settings);
    StreamsConfig streamsConfig = new StreamsConfig(config.streams());
    try (Admin admin = Admin.create(streamsConfig.getAdminConfigs("delivery-tracker"))) {
      new TrackerTopics(admin, config).prepare();
    }
    Properties properties = new Properties();
    properties.putAll(config.streams());
    DeliveryTracker tracker =
        new DeliveryTracker(new KafkaStreams(new DeliveryTopology(config).build(), properties));
    tracker.run();
    return tracker;
  }

  private void run() {
    streams.setUncaughtExceptionHandler(
        problem -> {
          LOG.error("The tracker stops, as it cannot go on.", problem);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.NOT_RUNNING || now == KafkaStreams.State.ERROR) {
            ended.countDown();
          }
        });
    streams.start();
  }

  /** Whether it has stopped because it could not go on. */
  public boolean hasFailed() {
    KafkaStreams.State state = streams.state();
    return state == KafkaStreams.State.PENDING_ERROR || state == KafkaStreams.State.ERROR;
  }

  /** Returns when it has stopped. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /** Commits what is done and stops; what is under way is done again at the next start. */
  @Override
  public void close() {
    streams.close(LONGEST_CLOSE);
  }
}
