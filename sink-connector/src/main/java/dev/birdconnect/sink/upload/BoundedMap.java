package dev.birdconnect.sink.upload;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that drops what was not used for longest when it has too many entries. */
final class BoundedMap<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1L;

  private final int most;

  /**
   * @param most most entries
   */
  BoundedMap(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
