package dev.birdconnect.common.config;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Offers the names of an enum to whoever fills in a configuration.
 *
 * @param names the names as they stand in a configuration
 */
public record Choices(List<Object> names) implements ConfigDef.Recommender {

  /** The names of all constants. */
  public static <E extends Enum<E>> Choices of(Class<E> type) {
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
