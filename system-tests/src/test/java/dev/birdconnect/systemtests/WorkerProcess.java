package dev.birdconnect.systemtests;

import dev.birdconnect.quickstart.cluster.ConnectRest;
import dev.birdconnect.quickstart.cluster.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.cli.ConnectDistributed;

/** A distributed Connect worker in a process of its own, so that it can be killed. */
final class WorkerProcess implements AutoCloseable {

  private final Process process;
  private final ConnectRest rest;

  private WorkerProcess(Process process, ConnectRest rest) {
    this.process = process;
    this.rest = rest;
  }

  /**
   * Starts a worker.
   *
   * @param folder for its properties and its log
   * @param name of the two files
   */
  static WorkerProcess start(String bootstrapServers, Path folder, String name) {
    int port = FreePorts.find(1).get(0);
    Path file = folder.resolve(name + ".properties");
    Properties properties = new Properties();
    properties.putAll(settings(bootstrapServers, port));
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      properties.store(writer, "");
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  ConnectDistributed.class.getName(),
                  file.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(name + ".log").toFile())
              .start();
      return new WorkerProcess(process, new ConnectRest(URI.create("http://localhost:" + port)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> settings(String bootstrapServers, int port) {
    Map<String, String> all = new HashMap<>();
    all.put("bootstrap.servers", bootstrapServers);
    all.put("group.id", "crash-tests");
    all.put("listeners", "http://localhost:" + port);
    all.put("rest.advertised.host.name", "localhost");
    all.put("plugin.path", ConnectStack.pluginPath());
    all.put("plugin.discovery", "service_load");
    all.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
    all.put("value.converter", "org.apache.kafka.connect.storage.StringConverter");
    for (String store : new String[] {"config", "offset", "status"}) {
      all.put(store + ".storage.topic", "connect-" + store + "s");
      all.put(store + ".storage.replication.factor", "1");
    }
    all.put("offset.storage.partitions", "1");
    all.put("status.storage.partitions", "1");
    all.put("session.timeout.ms", "6000");
    all.put("heartbeat.interval.ms", "2000");
    all.put("scheduled.rebalance.max.delay.ms", "0");
    return all;
  }

  ConnectRest rest() {
    return rest;
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Kills it, as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Asks it to stop, as {@code kill} does, and waits until it has. */
  void stop() {
    process.destroy();
    awaitEnd();
  }

  /** Halts it: it does nothing more, but is not gone. */
  void halt() {
    signal("STOP");
  }

  /** Lets a halted one go on. */
  void goOn() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      int code =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("The worker could not be sent the signal " + name + ".");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("A worker did not end within a minute.");
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(e);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
