package dev.birdconnect.client.verdict;

/**
 * What one attempt to upload a file tells us. An upload makes no message and may be repeated with
 * the same form: it puts the same file into the same place.
 */
public sealed interface UploadOutcome {

  /** The store has the file; the form's {@code mediaUrl} shows it. */
  record Stored() implements UploadOutcome {}

  /** The store refuses form or file (3xx, 4xx), for instance because the form is too old. */
  record Refused(Reason reason) implements UploadOutcome {}

  /** No usable answer: 408, 429, 5xx, a lost connection, a time-out. */
  record Unavailable(Reason reason) implements UploadOutcome {}
}
