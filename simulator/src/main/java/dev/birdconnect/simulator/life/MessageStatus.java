package dev.birdconnect.simulator.life;

import java.util.Locale;

/** The ten statuses of the API (page "Message status and interactions"). */
public enum MessageStatus {
  ACCEPTED(false),
  SCHEDULED(false),
  PROCESSING(false),
  SENT(false),
  DELIVERED(true),
  REJECTED(true),
  SENDING_FAILED(true),
  DELIVERY_FAILED(true),
  SKIPPED(true),
  DELETED(true);

  private final String wireName = name().toLowerCase(Locale.ROOT);
  private final boolean isFinal;

  MessageStatus(boolean isFinal) {
    this.isFinal = isFinal;
  }

  /** The name in JSON. */
  public String wireName() {
    return wireName;
  }

  /** Whether nothing follows by assumption 17. */
  public boolean isFinal() {
    return isFinal;
  }
}
