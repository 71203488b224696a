package dev.birdconnect.quickstart.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A connector's file from {@code config/}. Its secrets are placeholders that Kafka's file config
 * provider resolves inside the worker, so neither the file nor the posted configuration holds them.
 *
 * @param name the connector's name
 * @param config the connector's configuration
 */
public record ConnectorFile(String name, ObjectNode config) {

  /** Where the placeholders of the files in {@code config/} point to. */
  public static final String BIRD_PROPERTIES = "/etc/kafka-connect-bird/bird.properties";

  private static final String PLACEHOLDER_START = "${file:";

  /** Keeps a copy of the configuration. */
  public ConnectorFile {
    config = config.deepCopy();
  }

  /**
   * Reads a file.
   *
   * @throws UncheckedIOException when it cannot be read, is not JSON, or lacks name or config
   */
  public static ConnectorFile read(Path file) {
    try {
      JsonNode json = new ObjectMapper().readTree(file.toFile());
      if (json.path("name").isTextual() && json.path("config") instanceof ObjectNode config) {
        return new ConnectorFile(json.path("name").asText(), config);
      }
      throw new IOException("It has no name or no config.");
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is not a connector's file: " + e.getMessage(), e);
    }
  }

  /** The value of a setting, as it stands in the file. */
  public String setting(String setting) {
    return config.path(setting).asText();
  }

  /**
   * Lets the placeholders point to another file than {@link #BIRD_PROPERTIES}.
   *
   * @param properties that file
   */
  public ConnectorFile withBirdProperties(Path properties) {
    ObjectNode moved = config.objectNode();
    for (Map.Entry<String, JsonNode> setting : config.properties()) {
      String value = setting.getValue().asText();
      moved.put(
          setting.getKey(),
          value.replace(
              PLACEHOLDER_START + BIRD_PROPERTIES + ":", PLACEHOLDER_START + properties + ":"));
    }
    return new ConnectorFile(name, moved);
  }

  /** The same with one more setting, or another value of one. */
  public ConnectorFile with(String setting, String value) {
    return new ConnectorFile(name, config.deepCopy().put(setting, value));
  }

  /** The form that {@code POST /connectors} takes. */
  public JsonNode json() {
    ObjectNode json = config.objectNode().put("name", name);
    json.set("config", config.deepCopy());
    return json;
  }
}
