package dev.birdconnect.sink.config;

import dev.birdconnect.sink.field.FieldPath;
import dev.birdconnect.sink.field.FieldPathException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Settings that name a field of the record. */
final class Paths implements ConfigDef.Validator {

  private static final Set<FieldPath.Source> WITH_FIELDS =
      EnumSet.of(FieldPath.Source.VALUE, FieldPath.Source.KEY, FieldPath.Source.HEADER);

  @Override
  public void ensureValid(String name, @Nullable Object value) {
    if (value instanceof String text && !text.isEmpty()) {
      try {
        if (!WITH_FIELDS.contains(FieldPath.parse(text).source())) {
          throw new ConfigException(name, value, "It has to name a field of value, key or header.");
        }
      } catch (FieldPathException e) {
        throw new ConfigException(name, value, "It names no field: " + e.complaint() + ".");
      }
    }
  }

  /** The field that a checked setting names. */
  static FieldPath parse(String text) {
    try {
      return FieldPath.parse(text);
    } catch (FieldPathException e) {
      throw new IllegalStateException("The setting has been checked.", e);
    }
  }

  @Override
  public String toString() {
    return "a field such as value.customer.id, key or key.id; empty for none";
  }
}
