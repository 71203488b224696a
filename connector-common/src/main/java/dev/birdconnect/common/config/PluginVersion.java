package dev.birdconnect.common.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the plugins, as the build wrote it (KIP-891 selects plugins by it). */
public final class PluginVersion {

  private static final String RESOURCE = "/kafka-connect-bird.properties";

  private PluginVersion() {}

  /** The version, such as {@code 0.1.0}. */
  public static String get() {
    Properties properties = new Properties();
    try (InputStream in = PluginVersion.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing in the plugin's jar.");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " cannot be read.", e);
    }
    return properties.getProperty("version");
  }
}
