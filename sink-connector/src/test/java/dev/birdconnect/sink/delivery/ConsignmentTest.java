package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.Sends.P0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.ApiCall;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ConsignmentTest {

  /** A call that notes that it is cancelled. */
  private static final class Call implements ApiCall<String> {
    private boolean cancelled;

    @Override
    public CompletionStage<String> outcome() {
      return new CompletableFuture<>();
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private final Queued<String> send = new Queued<>(Sends.send(P0, 0, "k"), 0, 0);
  private final Consignment<String> consignment =
      new Consignment<>(
          List.of(new Attempt<>(new Lane<>(send), send, new TrackedPartition<>(P0, 0))),
          new HostGate.Ticket(0, 0));

  @Test
  void theCallThatMakesItIsCancelledWithIt() {
    Call first = new Call();
    Call second = new Call();
    consignment.madeBy(first);
    consignment.madeBy(second);
    consignment.cancel();
    assertThat(second.cancelled).isTrue();
    assertThat(first.cancelled).as("it is over").isFalse();
  }

  @Test
  void soIsOneThatIsOnlyMadeAfterwards() {
    Call late = new Call();
    consignment.cancel();
    consignment.madeBy(late);
    assertThat(late.cancelled).isTrue();
  }
}
