package dev.birdconnect.quickstart.cluster;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One Kafka node in KRaft mode, broker and controller together, on free ports of the loopback
 * interface. Everything it stores lies in the directory it is given, which the caller removes.
 */
public final class LocalBroker implements AutoCloseable {

  private static final int NODE_ID = 1;
  private static final String CONTROLLER_LISTENER = "CONTROLLER";

  private final KafkaRaftServer server;
  private final String bootstrapServers;

  private LocalBroker(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Formats the directory and starts the node; returns when it takes requests.
   *
   * @param directory an existing, empty directory for the log
   * @throws IllegalStateException when the directory cannot be formatted
   */
  public static LocalBroker start(Path directory) {
    List<Integer> ports = FreePorts.find(2);
    String bootstrapServers = "localhost:" + ports.get(0);
    Properties properties = properties(directory, ports.get(0), ports.get(1));
    format(directory);
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    server.startup();
    return new LocalBroker(server, bootstrapServers);
  }

  /** Host and port that clients connect to. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static Properties properties(Path directory, int brokerPort, int controllerPort) {
    Properties properties = new Properties();
    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", Integer.toString(NODE_ID));
    // Static voters: a lone initial controller is refused at the kraft.version of this release.
    properties.setProperty("controller.quorum.voters", NODE_ID + "@localhost:" + controllerPort);
    properties.setProperty("controller.listener.names", CONTROLLER_LISTENER);
    properties.setProperty(
        "listeners",
        "PLAINTEXT://localhost:"
            + brokerPort
            + ","
            + CONTROLLER_LISTENER
            + "://localhost:"
            + controllerPort);
    properties.setProperty(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    properties.setProperty("log.dirs", directory.toString());
    for (String internalTopic : List.of("offsets.topic", "transaction.state.log")) {
      properties.setProperty(internalTopic + ".replication.factor", "1");
      properties.setProperty(internalTopic + ".num.partitions", "1");
    }
    properties.setProperty("transaction.state.log.min.isr", "1");
    // A worker that is started after a killed one waits until what that one left open is aborted.
    properties.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
    properties.setProperty("share.coordinator.state.topic.num.partitions", "1");
    properties.setProperty("share.coordinator.state.topic.min.isr", "1");
    // Long enough for all members of a new group to arrive, far below the default of 3 s.
    properties.setProperty("group.initial.rebalance.delay.ms", "200");
    // No other node is there to take over, so nothing is gained by a negotiated shutdown.
    properties.setProperty("controlled.shutdown.enable", "false");
    properties.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024));
    properties.setProperty("log.segment.bytes", Integer.toString(64 * 1024 * 1024));
    return properties;
  }

  private static void format(Path directory) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Formatter formatter =
        new Formatter()
            .setPrintStream(new PrintStream(said, true, StandardCharsets.UTF_8))
            .setClusterId(Uuid.randomUuid().toString())
            .setNodeId(NODE_ID)
            .setControllerListenerName(CONTROLLER_LISTENER)
            .setMetadataLogDirectory(directory.toString())
            .addDirectory(directory.toString());
    try {
      formatter.run();
    } catch (Exception e) {
      throw new IllegalStateException(
          "The broker's directory "
              + directory
              + " could not be formatted: "
              + said.toString(StandardCharsets.UTF_8),
          e);
    }
  }
}
