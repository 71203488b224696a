package dev.birdconnect.source.position;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An offset that is put together when somebody reads it. Of all records that a flush covers, the
 * worker reads the offset of the last one of each partition only.
 */
final class StoredOffset extends AbstractMap<String, Object> {

  private final Supplier<Map<String, Object>> fields;

  /**
   * @param fields gives the same fields each time, on any thread
   */
  StoredOffset(Supplier<Map<String, Object>> fields) {
    this.fields = fields;
  }

  @Override
  public @Nullable Object get(@Nullable Object field) {
    return fields.get().get(field);
  }

  @Override
  public boolean containsKey(@Nullable Object field) {
    return fields.get().containsKey(field);
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    return fields.get().entrySet();
  }
}
