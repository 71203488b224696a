package dev.birdconnect.benchmarks;

import dev.birdconnect.benchmarks.replay.ReplayConnector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceConnector;

/** A plugin folder with the source and, in the same class loader, the {@link ReplayConnector}. */
final class ReplayPlugin {

  private static final String NAME = "source-and-replay";

  private ReplayPlugin() {}

  /**
   * Makes it.
   *
   * @param pluginPath folder that holds the source's plugin folder
   * @param folder where to make it
   * @return the plugin path that holds it
   */
  static Path beside(Path pluginPath, Path folder) throws IOException {
    if (!Files.isDirectory(pluginPath)) {
      throw new IOException("There is no folder " + pluginPath + ". Build it, or name another.");
    }
    Path made = folder.resolve("plugin-path");
    Path plugin = Files.createDirectories(made.resolve(NAME));
    try (Stream<Path> files = Files.walk(pluginPath)) {
      List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
      for (Path jar : jars) {
        Files.copy(jar, plugin.resolve(jar.getFileName().toString()));
      }
    }
    Path own = own();
    Files.copy(own, plugin.resolve(own.getFileName().toString()));
    declare(plugin.resolve("services.jar"));
    return made;
  }

  /**
   * Declares the connector in the plugin folder only: on the class path, where this program is too,
   * it would be found without the source.
   */
  private static void declare(Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("META-INF/services/" + SourceConnector.class.getName()));
      out.write(ReplayConnector.class.getName().getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }
  }

  /** The archive that holds the connector: this program's. */
  private static Path own() {
    try {
      return Path.of(
          ReplayConnector.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
