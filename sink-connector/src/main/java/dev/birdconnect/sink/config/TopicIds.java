package dev.birdconnect.sink.config;

import dev.birdconnect.common.config.Validators;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** A list of pairs {@code topic:id}; no topic may stand there twice. */
final class TopicIds implements ConfigDef.Validator {

  private static final String FORM =
      "pairs topic:id, separated by commas, no topic twice; empty for none";

  @Override
  public void ensureValid(String name, @Nullable Object value) {
    if (value instanceof List<?> pairs) {
      Map<String, String> ids = new LinkedHashMap<>();
      for (Object pair : pairs) {
        String text = String.valueOf(pair);
        int colon = text.indexOf(':');
        if (colon < 1
            || !Validators.isUuid(text.substring(colon + 1).strip())
            || ids.put(text.substring(0, colon).strip(), text) != null) {
          throw new ConfigException(name, value, text + " is wrong. It has to be " + FORM + ".");
        }
      }
    }
  }

  /** The pairs of a checked list. */
  static Map<String, String> parse(List<String> pairs) {
    Map<String, String> ids = new LinkedHashMap<>();
    for (String pair : pairs) {
      int colon = pair.indexOf(':');
      ids.put(
          pair.substring(0, colon).strip(),
          pair.substring(colon + 1).strip().toLowerCase(Locale.ROOT));
    }
    return ids;
  }

  @Override
  public String toString() {
    return FORM;
  }
}
