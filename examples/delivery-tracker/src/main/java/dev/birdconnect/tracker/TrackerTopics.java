package dev.birdconnect.tracker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the topics that the connectors write, and makes those that the program writes. */
final class TrackerTopics {

  private static final Logger LOG = LoggerFactory.getLogger(TrackerTopics.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Admin admin;
  private final TrackerConfig config;

  TrackerTopics(Admin admin, TrackerConfig config) {
    this.admin = admin;
    this.config = config;
  }

  /**
   * Returns when all are there.
   *
   * @throws IllegalStateException when Kafka refuses to tell or to make them
   */
  void prepare() throws InterruptedException {
    create(config.deliveriesTopic());
    create(config.channelsTopic());
    Set<String> missing = missing();
    while (!missing.isEmpty()) {
      LOG.info("Waiting for the topics {}, which the connectors write.", missing);
      Thread.sleep(BETWEEN_LOOKS.toMillis());
      missing = missing();
    }
  }

  private Set<String> missing() throws InterruptedException {
    Set<String> missing = new TreeSet<>();
    Stream.of(config.reportsTopic(), config.statusesTopic()).forEach(missing::add);
    try {
      missing.removeAll(admin.listTopics().names().get());
      return missing;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka did not tell its topics.", e);
    }
  }

  /** The last record of a key is what counts; partitions and replicas as the brokers have them. */
  private void create(String name) throws InterruptedException {
    NewTopic topic =
        new NewTopic(name, Optional.empty(), Optional.empty())
            .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException("The topic " + name + " could not be created.", e);
      }
    }
  }
}
