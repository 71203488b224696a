package dev.birdconnect.source.position;

/** In which way a channel was read when a record was emitted. */
public enum Phase {
  /** From the oldest message upwards, page by page. */
  BACK_FILL("backfill"),
  /** From the newest message down to what is emitted. */
  TAIL("tail");

  private final String text;

  Phase(String text) {
    this.text = text;
  }

  /** The form it has in an offset. */
  String text() {
    return text;
  }
}
