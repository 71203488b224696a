package dev.birdconnect.source.reading;

/**
 * The default order of a list of messages, which is not documented (assumption 1); {@code
 * reverse=true} gives the other one (page <i>Messaging</i>).
 */
public enum ListOrder {
  NEWEST_FIRST,
  OLDEST_FIRST;

  /** The flag {@code reverse} that brings the newest message first. */
  public boolean reverseForNewest() {
    return this == OLDEST_FIRST;
  }

  /** The flag {@code reverse} that brings the oldest message first. */
  boolean reverseForOldest() {
    return this == NEWEST_FIRST;
  }
}
