package dev.birdconnect.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A program in a process of its own that makes a round for each line that it gets, and answers with
 * a line.
 */
final class RoundsProcess implements AutoCloseable {

  private final Process process;
  private final Writer rounds;
  private final BufferedReader results;

  private RoundsProcess(Process process) {
    this.process = process;
    this.rounds = process.outputWriter(StandardCharsets.UTF_8);
    this.results = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts it.
   *
   * @param program a main class of this class path
   * @param arguments of the program
   * @param javaOptions options of its JVM
   */
  static RoundsProcess start(Class<?> program, List<String> arguments, List<String> javaOptions)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // First, so that nothing said at the start, of a recording for instance, is taken for a result.
    command.addAll(List.of("-Xlog:disable", "-Xlog:all=warning:stderr", "-Xlog:jfr+startup=off"));
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(arguments);
    return new RoundsProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Starts a round and does not wait for it. */
  void begin(int size) throws IOException {
    rounds.write(size + "\n");
    rounds.flush();
  }

  /**
   * Waits for the end of the round.
   *
   * @throws IllegalStateException when it has not gone as it has to, and is worth nothing
   */
  void end(int wanted) throws IOException {
    String result = results.readLine();
    if (!Integer.toString(wanted).equals(result)) {
      throw new IllegalStateException(
          "A round of the raw client gave " + result + " instead of " + wanted + ".");
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
