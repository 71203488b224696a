package dev.birdconnect.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server in a process of its own. */
final class ServerProcess implements AutoCloseable {
  private static final String SAYS = "listens on ";

  private final Process process;
  private final String url;

  private ServerProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Starts a main class of this class path and waits until it says where it listens. */
  static ServerProcess start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      int place = line.indexOf(SAYS);
      if (place >= 0) {
        String rest = line.substring(place + SAYS.length());
        return new ServerProcess(process, rest.substring(0, rest.indexOf(' ')));
      }
    }
    process.destroy();
    throw new IOException(main.getName() + " did not start.");
  }

  String url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
    var unused = process.onExit().join();
  }
}
