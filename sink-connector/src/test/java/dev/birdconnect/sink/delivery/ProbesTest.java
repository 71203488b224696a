package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.PlainWorld.MILLI;
import static dev.birdconnect.sink.delivery.Sends.ACCEPTED;
import static dev.birdconnect.sink.delivery.Sends.NOT_CONNECTED;
import static dev.birdconnect.sink.delivery.Sends.P0;
import static dev.birdconnect.sink.delivery.Sends.P1;
import static dev.birdconnect.sink.delivery.Sends.offsets;
import static dev.birdconnect.sink.delivery.Sends.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.sink.position.PartitionId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sends while the host cannot be reached: one at a time tries whether it is back. */
class ProbesTest {

  private final PlainWorld world = new PlainWorld(10);
  private final Deliveries<String> deliveries = world.deliveries;

  private List<Consignment<String>> start() {
    return world.start();
  }

  @Test
  void oneProbeReleasesTheRestWhenTheHostWasDown() {
    for (int offset = 0; offset < 5; offset++) {
      deliveries.accept(send(P0, offset, "k" + offset), world.now);
    }
    List<Consignment<String>> all = start();
    all.forEach(attempt -> deliveries.ended(attempt, NOT_CONNECTED, world.now));
    assertThat(start()).isEmpty();
    assertThat(deliveries.nextStart(world.now)).hasValue(world.now + 100 * MILLI);

    for (long wait : List.of(200L, 400L, 800L, 1000L, 1000L)) {
      world.now = deliveries.nextStart(world.now).orElseThrow();
      List<Consignment<String>> probe = start();
      assertThat(probe).hasSize(1);
      assertThat(start()).isEmpty();
      assertThat(deliveries.nextStart(world.now))
          .as("unless it hangs")
          .hasValue(world.now + 2_000 * MILLI);
      deliveries.ended(probe.get(0), NOT_CONNECTED, world.now);
      assertThat(deliveries.nextStart(world.now)).hasValue(world.now + wait * MILLI);
    }
    world.now += 1000 * MILLI;
    List<Consignment<String>> last = start();
    deliveries.ended(last.get(0), ACCEPTED, world.now);

    assertThat(start()).hasSize(4);
  }

  @Test
  void aFailureToConnectFromBeforeTheHostCameBackDoesNotCloseTheGateAgain() {
    for (int offset = 0; offset < 4; offset++) {
      deliveries.accept(send(P0, offset, "k" + offset), world.now);
    }
    List<Consignment<String>> all = start();
    deliveries.ended(all.get(0), NOT_CONNECTED, world.now);
    deliveries.ended(all.get(1), ACCEPTED, world.now);
    assertThat(offsets(start())).containsExactly(0L);

    deliveries.ended(all.get(2), NOT_CONNECTED, world.now);

    deliveries.accept(send(P0, 9, "new"), world.now);
    assertThat(offsets(start())).containsExactly(9L);
    assertThat(deliveries.nextStart(world.now)).hasValue(world.now + 100 * MILLI);
  }

  @Test
  void aProbeThatIsAbandonedLeavesRoomForTheNext() {
    deliveries.accept(send(P0, 0, "a"), world.now);
    deliveries.accept(send(P1, 0, "b"), world.now);
    start().forEach(attempt -> deliveries.ended(attempt, NOT_CONNECTED, world.now));
    world.now += 100 * MILLI;
    Consignment<String> probe = start().get(0);
    PartitionId gone = probe.first().send().position().partition();
    deliveries.retire(Set.of(gone));
    deliveries.forget(Set.of(gone));
    deliveries.ended(probe, NOT_CONNECTED, world.now);

    assertThat(start()).hasSize(1);
  }

  @Test
  void aProbeThatTheLeaseHeldBackLeavesRoomForTheNext() {
    deliveries.accept(send(P0, 0, "a"), world.now);
    deliveries.accept(send(P1, 0, "b"), world.now);
    start().forEach(attempt -> deliveries.ended(attempt, NOT_CONNECTED, world.now));
    world.now += 100 * MILLI;
    Consignment<String> probe = start().get(0);
    assertThat(start()).isEmpty();
    probe.holdBack();
    deliveries.ended(probe, NOT_CONNECTED, world.now);

    assertThat(start()).hasSize(1);
  }
}
