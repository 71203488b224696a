package dev.birdconnect.sink.config;

import dev.birdconnect.sink.BirdSinkConnector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigValue;

/** Configurations, and what their validation says. */
final class Configurations {

  static final String WORKSPACE = "0f4c2a9e-6b1d-4c3f-9a57-2d8e1b7c5a01";
  static final String CHANNEL = "c1a0f9f2-3b7d-4a51-9d57-0e6c2b8a4d11";

  private Configurations() {}

  /** A right one, of which the API is not asked, and these settings, by name and value. */
  static Map<String, String> right(String... settings) {
    Map<String, String> properties = new HashMap<>();
    properties.put("name", "shop");
    properties.put("connector.class", BirdSinkConnector.class.getName());
    properties.put("topics", "orders");
    properties.put("bird.validate.live", "false");
    properties.put("bird.access.key", "key");
    properties.put("bird.workspace.id", WORKSPACE);
    properties.put("bird.channel.id", CHANNEL);
    for (int i = 0; i < settings.length; i += 2) {
      properties.put(settings[i], settings[i + 1]);
    }
    return properties;
  }

  /** What is wrong, by setting. */
  static Map<String, List<String>> errors(Map<String, String> properties) {
    return new BirdSinkConnector()
        .validate(properties).configValues().stream()
            .filter(value -> !value.errorMessages().isEmpty())
            .collect(Collectors.toMap(ConfigValue::name, ConfigValue::errorMessages));
  }
}
