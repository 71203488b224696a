package dev.birdconnect.client.verdict;

/** What 409 means; the API does not say whether a repeat helps (assumption 7). */
public enum ConflictRule {
  /** The record can never go. */
  REJECT,
  /** Nothing was made, try again. */
  RETRY,
  /** Stop. */
  FAIL
}
