package dev.birdconnect.client;

import dev.birdconnect.client.http.HttpExchange;
import dev.birdconnect.client.http.HttpExchange.Broken;
import dev.birdconnect.client.rate.Permit;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * A call that starts when its permit has come.
 *
 * @param <T> what it ends with
 */
final class PermittedCall<T> implements ApiCall<T> {

  /** Starts the exchange and returns what cancels it. */
  interface Starter {
    Runnable start(Consumer<HttpExchange> whenDone);
  }

  /** A permit for what no budget counts. */
  static final Permit NONE = new Permit(Long.MIN_VALUE);

  private final CompletableFuture<Permit> permit;
  private final BiFunction<Permit, HttpExchange, T> reader;
  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private Runnable canceller = () -> {};
  private boolean cancelled;

  private PermittedCall(
      CompletableFuture<Permit> permit, BiFunction<Permit, HttpExchange, T> reader) {
    this.permit = permit;
    this.reader = reader;
  }

  static <T> PermittedCall<T> start(
      CompletableFuture<Permit> permit,
      Starter starter,
      BiFunction<Permit, HttpExchange, T> reader) {
    PermittedCall<T> call = new PermittedCall<>(permit, reader);
    var unused =
        permit.whenComplete(
            (granted, stepBack) -> {
              if (stepBack != null || !call.begin(starter, granted)) {
                call.finish(NONE, new Broken(new IOException("cancelled before it left"), false));
              }
            });
    return call;
  }

  private synchronized boolean begin(Starter starter, Permit granted) {
    if (cancelled) {
      return false;
    }
    canceller = starter.start(exchange -> finish(granted, exchange));
    return true;
  }

  private void finish(Permit granted, HttpExchange exchange) {
    outcome.complete(reader.apply(granted, exchange));
  }

  @Override
  public CompletionStage<T> outcome() {
    return outcome;
  }

  @Override
  public void cancel() {
    Runnable cancelExchange;
    synchronized (this) {
      cancelled = true;
      cancelExchange = canceller;
    }
    permit.cancel(false);
    cancelExchange.run();
  }
}
