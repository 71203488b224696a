package dev.birdconnect.sink.config;

import dev.birdconnect.common.config.Validators;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Offers the names of an enum to whoever fills in a configuration.
 *
 * @param names the names as they stand in a configuration
 */
record Choices(List<Object> names) implements ConfigDef.Recommender {

  static <E extends Enum<E>> Choices of(Class<E> type) {
    return new Choices(List.copyOf(Validators.names(type)));
  }

  @Override
  public List<Object> validValues(String name, Map<String, Object> parsedConfig) {
    return names;
  }

  @Override
  public boolean visible(String name, Map<String, Object> parsedConfig) {
    return true;
  }
}
