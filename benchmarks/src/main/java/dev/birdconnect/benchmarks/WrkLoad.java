package dev.birdconnect.benchmarks;

import dev.birdconnect.simulator.SimulatorSettings;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Loads with {@code wrk}, which takes the least of the machine. */
final class WrkLoad implements HttpLoad {
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");

  private final Path wrk;
  private final Path script;

  private WrkLoad(Path wrk, Path script) {
    this.wrk = wrk;
    this.script = script;
  }

  /** Present when {@code wrk} is on the path; its script is put into this folder. */
  static Optional<HttpLoad> find(Path folder) throws IOException {
    Optional<Path> wrk =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .map(entry -> Path.of(entry, "wrk"))
            .filter(Files::isExecutable)
            .findFirst();
    if (wrk.isEmpty()) {
      return Optional.empty();
    }
    Path script = folder.resolve("simulator-load.lua");
    try (InputStream in = WrkLoad.class.getResourceAsStream("/simulator-load.lua")) {
      if (in == null) {
        throw new IllegalStateException("The script of the load is missing.");
      }
      Files.write(script, in.readAllBytes());
    }
    return Optional.of(new WrkLoad(wrk.get(), script));
  }

  @Override
  public double perSecond(String url, Target target, int seconds) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            wrk.toString(),
            "-t1",
            "-c" + target.connections(),
            "-d" + seconds + "s",
            "--timeout",
            "30s",
            "-s",
            script.toString(),
            url);
    builder
        .environment()
        .putAll(
            Map.of(
                "LOAD_METHOD",
                target.method(),
                "LOAD_PATH",
                target.path(),
                "LOAD_AUTHORIZATION",
                "AccessKey " + SimulatorSettings.DEMO_ACCESS_KEY));
    Process process = builder.redirectErrorStream(true).start();
    String said;
    try (InputStream in = process.getInputStream()) {
      said = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    process.waitFor();
    Matcher rate = RATE.matcher(said);
    if (!rate.find() || said.contains("Non-2xx") || said.contains("Socket errors")) {
      throw new IllegalStateException("The load failed: " + said);
    }
    return Double.parseDouble(rate.group(1));
  }
}
