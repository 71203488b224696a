package dev.birdconnect.common.config;

import dev.birdconnect.client.ApiCall;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A time up to which all answers of a check are waited for together. */
public final class Deadline {

  private final long nanos;

  private Deadline(long nanos) {
    this.nanos = nanos;
  }

  /**
   * The deadline of a check that begins now.
   *
   * @param patience longest time to wait for all of its answers
   */
  public static Deadline after(Duration patience) {
    return new Deadline(System.nanoTime() + patience.toNanos());
  }

  /** The answer; empty, and the call cancelled, when it has not come in time. */
  public <T> Optional<T> await(ApiCall<T> call) {
    try {
      long left = Math.max(0, nanos - System.nanoTime());
      return Optional.of(call.outcome().toCompletableFuture().get(left, TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      call.cancel();
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      call.cancel();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The outcome of a call is never exceptional.", e);
    }
  }
}
