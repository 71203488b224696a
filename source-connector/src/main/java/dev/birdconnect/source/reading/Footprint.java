package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.Message;
import java.util.Collection;

/** How many bytes of memory messages take, about, until they are looked at. */
final class Footprint {

  /** Its record, its id, its times and its entries in collections. */
  private static final long BESIDES_JSON = 500;

  private Footprint() {}

  static long of(Message message) {
    return BESIDES_JSON + message.bytes();
  }

  static long of(Collection<Message> messages) {
    return messages.stream().mapToLong(Footprint::of).sum();
  }
}
