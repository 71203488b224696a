package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the build leaves for users. */
class PluginFolderIT {

  private static final String VERSION = System.getProperty("project.version");

  private static Path pluginPath(String kind) {
    return ConnectStack.folder(kind + ".plugin.path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sink", "source"})
  void theFolderHoldsThePluginAndNothingOfTheWorkers(String kind) throws Exception {
    Path folder = pluginPath(kind).resolve("kafka-connect-bird-" + kind);
    try (Stream<Path> files = Files.list(folder)) {
      List<String> jars = files.map(file -> file.getFileName().toString()).toList();
      assertThat(jars)
          .contains(
              kind + "-connector-" + VERSION + ".jar",
              "channels-client-" + VERSION + ".jar",
              "connector-common-" + VERSION + ".jar")
          .noneMatch(jar -> jar.matches("(kafka-|kafka_|connect-|slf4j|log4j|logback|jspecify).*"))
          .anyMatch(jar -> jar.startsWith("okhttp"))
          .anyMatch(jar -> jar.startsWith("jackson-databind"));
      assertThat(jars.stream().map(jar -> jar.replaceAll("-[0-9].*", "")))
          .as("one version of each")
          .doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sink", "source"})
  void theArchiveIsAComponentWithManifestAndTheSameJars(String kind) throws Exception {
    String name = "birdconnect-kafka-connect-bird-" + kind + "-" + VERSION;
    Path archive = pluginPath(kind).getParent().resolve(name + ".zip");
    try (ZipFile zip = new ZipFile(archive.toFile());
        Stream<Path> files = Files.list(pluginPath(kind).resolve("kafka-connect-bird-" + kind))) {
      ZipEntry manifest = zip.getEntry(name + "/manifest.json");
      JsonNode tree =
          Orders.json(
              new String(zip.getInputStream(manifest).readAllBytes(), StandardCharsets.UTF_8));
      assertThat(tree.get("name").textValue()).isEqualTo("kafka-connect-bird-" + kind);
      assertThat(tree.get("version").textValue()).isEqualTo(VERSION);
      assertThat(tree.get("component_types").get(0).textValue()).isEqualTo(kind);
      files.forEach(
          file -> assertThat(zip.getEntry(name + "/lib/" + file.getFileName())).isNotNull());
      assertThat(zip.getEntry(name + "/etc/bird-" + kind + ".json")).isNotNull();
    }
  }
}
