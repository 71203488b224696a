package dev.birdconnect.client;

import java.util.concurrent.CompletionStage;

/**
 * A call under way.
 *
 * @param <T> what it ends with
 */
public interface ApiCall<T> {

  /** The end of the call. It is never exceptional: failures are outcomes. */
  CompletionStage<T> outcome();

  /**
   * Breaks the call off. The outcome still comes: safe to repeat where nothing had left, unknown
   * otherwise.
   */
  void cancel();
}
