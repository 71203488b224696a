package dev.birdconnect.quickstart.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.cli.ConnectDistributed;

/** A distributed Connect worker in a process of its own, so that it can be killed. */
public final class WorkerProcess implements AutoCloseable {

  private final Process process;
  private final ConnectRest rest;

  private WorkerProcess(Process process, ConnectRest rest) {
    this.process = process;
    this.rest = rest;
  }

  /**
   * Starts a worker.
   *
   * @param bootstrapServers the brokers
   * @param pluginPath folders that hold one folder per plugin
   * @param folder for its properties and its log
   * @param name of the two files
   * @param properties further worker properties; they win over those set here
   * @param javaOptions options of its JVM, such as its heap
   */
  public static WorkerProcess start(
      String bootstrapServers,
      List<Path> pluginPath,
      Path folder,
      String name,
      Map<String, String> properties,
      List<String> javaOptions) {
    int port = FreePorts.find(1).get(0);
    Path file = folder.resolve(name + ".properties");
    Properties all = new Properties();
    all.putAll(WorkerSettings.of(bootstrapServers, port, pluginPath, properties));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            ConnectDistributed.class.getName(),
            file.toString()));
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      all.store(writer, "");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(name + ".log").toFile())
              .start();
      return new WorkerProcess(process, new ConnectRest(URI.create("http://localhost:" + port)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its REST API; it answers some seconds after the start. */
  public ConnectRest rest() {
    return rest;
  }

  /** Whether it has not ended. */
  public boolean alive() {
    return process.isAlive();
  }

  /** Processor time that it has used. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Kills it, as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Asks it to stop, as {@code kill} does, and waits until it has. */
  public void stop() {
    process.destroy();
    awaitEnd();
  }

  /** Halts it: it does nothing more, but is not gone. */
  public void halt() {
    signal("STOP");
  }

  /** Lets a halted one go on. */
  public void goOn() {
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
