package dev.birdconnect.sink.config;

/** What happens to a send of which nobody can find out whether it was made. */
public enum DoubtPolicy {
  /** Its record goes to the errant-record reporter. */
  REPORT,
  /** It is sent, perhaps a second time. */
  SEND,
  /** The task fails. */
  FAIL
}
