package dev.birdconnect.quickstart.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;

/**
 * A distributed Connect worker inside this JVM, with its REST API on a free port of the loopback
 * interface. Its plugins come from packaged folders, each in a class loader of its own.
 */
public final class LocalWorker implements AutoCloseable {

  private final Connect<DistributedHerder> connect;
  private final URI restUrl;

  private LocalWorker(Connect<DistributedHerder> connect, URI restUrl) {
    this.connect = connect;
    this.restUrl = restUrl;
  }

  /**
   * Starts the worker; returns when its REST server listens. The worker may still be joining its
   * group then: {@link ConnectRest#create} waits for that.
   *
   * @param bootstrapServers the brokers
   * @param pluginPath folders that hold one folder per plugin
   * @param properties further worker properties; they win over those set here
   */
  public static LocalWorker start(
      String bootstrapServers, List<Path> pluginPath, Map<String, String> properties) {
    int port = FreePorts.find(1).get(0);
    Map<String, String> all = WorkerSettings.of(bootstrapServers, port, pluginPath, properties);
    Connect<DistributedHerder> connect = new ConnectDistributed().startConnect(all);
    return new LocalWorker(connect, URI.create("http://localhost:" + port));
  }

  /** Root of the worker's REST API, without a slash at the end. */
  public URI restUrl() {
    return restUrl;
  }

  @Override
  public void close() {
    connect.stop();
    connect.awaitStop();
  }
}
