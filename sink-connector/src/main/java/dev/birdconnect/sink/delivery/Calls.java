package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.BatchApi;
import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.request.BatchRequest;
import dev.birdconnect.client.request.InvalidRequestException;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.BatchVerdict;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.client.verdict.Verdict;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of consignments: one send by itself, several as a batch.
 *
 * @param <R> the record
 */
final class Calls<R> {

  /** Is told the ends, on any thread; must not throw. */
  interface Listener<R> {

    /** Whether a request that is about to leave still may. */
    boolean mayLeave();

    /** Whether the request of a consignment whose preparation is over may leave. */
    boolean prepared(Consignment<R> consignment);

    /** A consignment does not leave in this attempt. */
    void unprepared(Consignment<R> consignment, Prepared.NotReady end);

    /** There is a verdict. */
    void ended(Consignment<R> consignment, Verdict verdict);

    /** The API took a batch in. */
    void taken(Consignment<R> consignment);

    /** The call ended with an error of our own. */
    void broken(Throwable error);
  }

  private static final Prepared.NotReady GIVEN_UP =
      new Prepared.NotReady(
          new Verdict.NotProcessed(
              Reason.of("it was given up before its request left"), Optional.empty()),
          Prepared.Place.ELSEWHERE);

  private final ChannelsApi api;
  private final BatchApi batches;
  private final Listener<R> listener;
  private final Preparer<R> preparer = new Preparer<>(new Preparations());

  Calls(ChannelsApi api, BatchApi batches, Listener<R> listener) {
    this.api = api;
    this.batches = batches;
    this.listener = listener;
  }

  /** Starts the call of a consignment. */
  void start(Consignment<R> consignment) {
    Send<R> send = consignment.first().send();
    if (consignment.attempts().size() > 1) {
      startBatch(consignment);
    } else if (send.preparation().isPresent()) {
      preparer.begin(consignment, send.preparation().get());
    } else {
      leave(consignment, send.request(), UnaryOperator.identity());
    }
  }

  private boolean mayLeave(Consignment<R> consignment) {
    boolean may = listener.mayLeave();
    if (!may) {
      consignment.holdBack();
    }
    return may;
  }

  private void startBatch(Consignment<R> consignment) {
    Send<R> first = consignment.first().send();
    try {
      BatchRequest request =
          BatchRequest.of(
              consignment.attempts().stream().map(attempt -> attempt.send().request()).toList());
      var call =
          batches.sendBatch(first.address(), first.origin(), request, () -> mayLeave(consignment));
      consignment.madeBy(call);
      var unused =
          call.outcome().whenComplete((verdict, error) -> ended(consignment, verdict, error));
    } catch (InvalidRequestException e) {
      listener.ended(consignment, new Verdict.Rejected(Reason.of(String.valueOf(e.getMessage()))));
    } catch (RuntimeException e) {
      listener.broken(e);
    }
  }

  private void ended(
      Consignment<R> consignment, @Nullable BatchVerdict verdict, @Nullable Throwable error) {
    if (verdict instanceof BatchVerdict.Accepted) {
      listener.taken(consignment);
    } else if (verdict instanceof BatchVerdict.NotAccepted not) {
      listener.ended(consignment, not.verdict());
    } else {
      listener.broken(error == null ? new IllegalStateException() : error);
    }
  }

  private void leave(
      Consignment<R> consignment, SendRequest request, UnaryOperator<Verdict> reading) {
    Send<R> send = consignment.first().send();
    try {
      var call = api.send(send.address(), send.origin(), request, () -> mayLeave(consignment));
      consignment.madeBy(call);
      var unused =
          call.outcome()
              .whenComplete((verdict, error) -> ended(consignment, verdict, reading, error));
    } catch (RuntimeException e) {
      listener.broken(e);
    }
  }

  private void ended(
      Consignment<R> consignment,
      @Nullable Verdict verdict,
      UnaryOperator<Verdict> reading,
      @Nullable Throwable error) {
    if (verdict == null) {
      listener.broken(error == null ? new IllegalStateException() : error);
      return;
    }
    Verdict read;
    try {
      read = reading.apply(verdict);
    } catch (RuntimeException e) {
      listener.broken(e);
      return;
    }
    listener.ended(consignment, read);
  }

  private final class Preparations implements Preparer.Listener<R> {
    @Override
    public void prepared(Consignment<R> consignment, Prepared end) {
      if (end instanceof Prepared.NotReady notReady) {
        listener.unprepared(consignment, notReady);
      } else if (end instanceof Prepared.Ready ready) {
        if (listener.prepared(consignment)) {
          leave(consignment, ready.request(), ready.reading());
        } else {
          listener.unprepared(consignment, GIVEN_UP);
        }
      }
    }

    @Override
    public void broken(Consignment<R> consignment, Throwable error) {
      listener.broken(error);
    }
  }
}
