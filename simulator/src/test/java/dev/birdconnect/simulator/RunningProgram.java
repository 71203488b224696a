package dev.birdconnect.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program in a Java of its own, on a free port. */
final class RunningProgram implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final StringBuilder said = new StringBuilder();
  private final String url;

  private RunningProgram(Process process) throws IOException {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String found = "";
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      if (line.contains("listens on ")) {
        found = line.replaceAll(".*listens on (\\S+) \\.", "$1");
      }
      if (line.startsWith("Faults and incoming")) {
        break;
      }
    }
    this.url = found;
  }

  /** Starts it; it listens when this returns. */
  static RunningProgram start(List<String> jvm, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(jvm);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            SimulatorMain.class.getName(),
            "--port",
            "0"));
    command.addAll(List.of(arguments));
    return new RunningProgram(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** Where it listens. */
  String url() {
    return url;
  }

  /** What it said until it listened. */
  String said() {
    return said.toString();
  }

  /** Ends it and returns all that it said. */
  String stopped() throws InterruptedException {
    // Not Process.destroy: it would close the stream that is still to be read.
    assertThat(process.toHandle().destroy()).isTrue();
    out.lines().forEach(line -> said.append(line).append('\n'));
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said.toString();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
