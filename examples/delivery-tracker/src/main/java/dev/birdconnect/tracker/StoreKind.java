package dev.birdconnect.tracker;

import java.time.Duration;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowBytesStoreSupplier;

/** What state is kept in on the machine; Kafka has a copy of it in either case. */
enum StoreKind {
  /** On disk, larger than memory, there at once after a restart on the same machine. */
  ROCKSDB,
  /** In memory, read again from Kafka after each restart. */
  IN_MEMORY;

  /** Orders have no windows; the store only wants a size. */
  private static final Duration WINDOW = Duration.ofMillis(1);

  WindowBytesStoreSupplier window(String name, Duration retention) {
    return switch (this) {
      case ROCKSDB -> Stores.persistentWindowStore(name, retention, WINDOW, false);
      case IN_MEMORY -> Stores.inMemoryWindowStore(name, retention, WINDOW, false);
    };
  }

  KeyValueBytesStoreSupplier keyValue(String name) {
    return switch (this) {
      case ROCKSDB -> Stores.persistentKeyValueStore(name);
      case IN_MEMORY -> Stores.inMemoryKeyValueStore(name);
    };
  }
}
