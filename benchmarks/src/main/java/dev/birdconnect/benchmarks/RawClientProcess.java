package dev.birdconnect.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A {@link RawClient} in a process of its own. */
final class RawClientProcess implements AutoCloseable {

  private final Process process;
  private final Writer rounds;
  private final BufferedReader results;

  private RawClientProcess(Process process) {
    this.process = process;
    this.rounds = process.outputWriter(StandardCharsets.UTF_8);
    this.results = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts it.
   *
   * @param url where every request goes
   * @param inFlight requests in flight
   * @param sends sends of a request
   * @param javaOptions options of its JVM
   */
  static RawClientProcess start(String url, int inFlight, int sends, List<String> javaOptions)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // First, so that nothing said at the start, of a recording for instance, is taken for a result.
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=warning:stderr", "-Xlog:jfr+startup=off"));
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            RawClient.class.getName(), url, Integer.toString(inFlight), Integer.toString(sends)));
    return new RawClientProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Starts a round and does not wait for it. */
  void begin(int requests) throws IOException {
    rounds.write(requests + "\n");
    rounds.flush();
  }

  /** Waits for the end of the round; it is worth nothing when a request has failed. */
  void end() throws IOException {
    String failed = results.readLine();
    if (!"0".equals(failed)) {
      throw new IllegalStateException("Requests of the raw client failed: " + failed + ".");
    }
  }

  /** Processor time that it has used. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    process.destroy();
    var unused = process.onExit().join();
  }
}
