package dev.birdconnect.sink.delivery;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map of bounded size: of too many entries the one used longest ago is forgotten.
 *
 * @param <K> keys
 * @param <V> values
 */
final class RecentMap<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1L;

  private final int most;

  /**
   * @param most so many entries are remembered
   */
  RecentMap(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
