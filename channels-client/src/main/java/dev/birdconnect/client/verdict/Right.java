package dev.birdconnect.client.verdict;

/** What a request that can do nothing has told about a right of the key. */
public sealed interface Right {

  /**
   * It was refused for what it lacks, so nothing is known to stand against one that lacks nothing.
   */
  record Given() implements Right {}

  /** The key is wrong (401) or has not the right (403). */
  record Denied(Reason reason) implements Right {}

  /** The answer, or that there was none, tells nothing about the right. */
  record Untold(Reason reason) implements Right {}
}
