package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.PlainWorld.MILLI;
import static dev.birdconnect.sink.delivery.Sends.ACCEPTED;
import static dev.birdconnect.sink.delivery.Sends.P0;
import static dev.birdconnect.sink.delivery.Sends.THROTTLED;
import static dev.birdconnect.sink.delivery.Sends.offsets;
import static dev.birdconnect.sink.delivery.Sends.send;
import static dev.birdconnect.sink.delivery.Sends.throttledFor;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sends that the API answers with 429. */
class ThrottledSendsTest {

  private final PlainWorld world = new PlainWorld(10);
  private final Deliveries<String> deliveries = world.deliveries;

  private List<Consignment<String>> start() {
    return world.start();
  }

  @Test
  void aThrottledLaneKeepsItsHeadWhileOthersGoOn() {
    deliveries.accept(send(P0, 0, "a"), world.now);
    deliveries.accept(send(P0, 1, "a"), world.now);
    deliveries.ended(start().get(0), THROTTLED, world.now);
    deliveries.accept(send(P0, 2, "b"), world.now);
    assertThat(offsets(start())).containsExactly(2L);
    assertThat(deliveries.nextStart(world.now)).hasValue(world.now + 100 * MILLI);

    world.now += 100 * MILLI;
    List<Consignment<String>> second = start();
    assertThat(offsets(second)).containsExactly(0L);

    deliveries.ended(second.get(0), THROTTLED, world.now);
    assertThat(deliveries.nextStart(world.now))
        .as("the rate sets the pace")
        .hasValue(world.now + 100 * MILLI);
  }

  @Test
  void tooManyRequestsAreNeverAnErrorOfTheRecordAndKeepTheOrder() {
    deliveries.accept(send(P0, 0, "a"), world.now);
    deliveries.accept(send(P0, 1, "a"), world.now);
    for (int refusals = 0; refusals < 1_000; refusals++) {
      List<Consignment<String>> started = start();
      assertThat(offsets(started)).containsExactly(0L);
      deliveries.ended(started.get(0), THROTTLED, world.now);
      world.now += 100 * MILLI;
    }
    assertThat(deliveries.outcomes().takeRejections()).isEmpty();
    assertThat(deliveries.failure()).isEmpty();
    deliveries.ended(start().get(0), ACCEPTED, world.now);
    assertThat(offsets(start())).containsExactly(1L);
  }

  @Test
  void theWaitTheApiAsksForCountsWhenItIsLonger() {
    deliveries.accept(send(P0, 0, "a"), world.now);
    deliveries.ended(start().get(0), throttledFor(Duration.ofSeconds(7)), world.now);
    assertThat(deliveries.nextStart(world.now)).hasValue(world.now + 7000 * MILLI);
  }
}
