package dev.birdconnect.simulator.fault;

import java.time.Duration;

/** A {@code Retry-After} header on an error (assumption 10). */
public sealed interface RetryAfter {
  /** No header. */
  record None() implements RetryAfter {}

  /** The header in whole seconds. */
  record Seconds(long seconds) implements RetryAfter {}

  /** The header as a date, this long after the server's present time. */
  record Date(Duration ahead) implements RetryAfter {}
}
