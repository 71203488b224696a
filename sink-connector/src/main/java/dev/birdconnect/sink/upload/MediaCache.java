package dev.birdconnect.sink.upload;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Addresses of media that were uploaded. An address is used again for a bounded time from its
 * upload on, since it is not documented how long media are kept. Not thread-safe.
 */
final class MediaCache {

  private final Map<MediaKey, Entry> entries;
  private final long age;

  private record Entry(String mediaUrl, long uploadedAt) {}

  /**
   * @param mostEntries most addresses
   * @param age how long one is used again
   */
  MediaCache(int mostEntries, Duration age) {
    this.entries = new BoundedMap<>(mostEntries);
    this.age = age.toNanos();
  }

  Optional<String> get(MediaKey key, long now) {
    Entry entry = entries.get(key);
    if (entry == null) {
      return Optional.empty();
    }
    if (now - entry.uploadedAt() >= age) {
      entries.remove(key);
      return Optional.empty();
    }
    return Optional.of(entry.mediaUrl());
  }

  void put(MediaKey key, String mediaUrl, long now) {
    entries.put(key, new Entry(mediaUrl, now));
  }

  void remove(MediaKey key) {
    entries.remove(key);
  }
}
