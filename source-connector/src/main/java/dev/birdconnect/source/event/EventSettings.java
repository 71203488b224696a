package dev.birdconnect.source.event;

import java.util.Set;

/**
 * What records look like beside their values.
 *
 * @param key what they have as their key
 * @param time what they have as their timestamp
 * @param headers their headers
 */
public record EventSettings(EventKey key, EventTime time, Set<EventHeader> headers) {

  public EventSettings {
    headers = Set.copyOf(headers);
  }
}
