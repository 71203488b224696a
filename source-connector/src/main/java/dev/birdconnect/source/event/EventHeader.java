package dev.birdconnect.source.event;

/** A header of a record. */
public enum EventHeader {
  /** The event's id. */
  ID("bird.event.id"),
  /** The kind of event. */
  TYPE("bird.event.type"),
  /** The channel's id. */
  CHANNEL("bird.channel.id"),
  /** The name of the platform, where the API tells it. */
  PLATFORM("bird.platform");

  private final String text;

  EventHeader(String text) {
    this.text = text;
  }

  /** The header's name. */
  public String text() {
    return text;
  }
}
