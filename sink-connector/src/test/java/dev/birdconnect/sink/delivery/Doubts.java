package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.Sends.P0;
import static dev.birdconnect.sink.delivery.Sends.P1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.sink.config.DoubtPolicy;
import dev.birdconnect.sink.reconcile.EarlierSends;
import dev.birdconnect.sink.reconcile.Findings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Deliveries whose calls end within two seconds, and show in the list after another one. */
final class Doubts {

  static final long SECOND = Duration.ofSeconds(1).toNanos();

  private Doubts() {}

  static Deliveries<String> deliveries(DoubtPolicy policy) {
    return deliveries(policy, Duration.ofSeconds(1), 0);
  }

  static Deliveries<String> deliveries(DoubtPolicy policy, Duration longestWait, long start) {
    Deliveries<String> deliveries =
        new Deliveries<>(
            10,
            10,
            BatchRules.SINGLE,
            new RetrySchedule(Duration.ofMillis(100), longestWait, () -> 1.0),
            new DoubtRules("n", policy, Duration.ofSeconds(2), Duration.ofSeconds(1), 10),
            false,
            DeliveryObserver.none(),
            Optional::empty,
            start);
    deliveries.open(P0, start);
    deliveries.open(P1, start);
    return deliveries;
  }

  static Findings nothingSent() {
    return new Findings(
        Map.of(), Set.of(), Map.of(P0, EarlierSends.none(), P1, EarlierSends.none()), 1);
  }

  /** The task stops and says which send of the first partition is in doubt, and what to do. */
  static void assertStopsBecauseOf(long offset, Deliveries<String> deliveries) {
    assertThat(deliveries.failure().orElseThrow().sentence())
        .contains(
            "topic orders, partition 0, offset " + offset,
            "bk1:n:orders:0:" + offset + ":0",
            "doubt.policy=send");
  }

  static Inquiry<String> single(List<Inquiry<String>> inquiries) {
    assertThat(inquiries).hasSize(1);
    return inquiries.get(0);
  }

  /** Past the takeover of both partitions, at 3 s. */
  static void takenOver(Deliveries<String> deliveries) {
    assertThat(deliveries.start(3 * SECOND)).isEmpty();
    deliveries.answered(single(deliveries.ask(3 * SECOND)), nothingSent(), 5 * SECOND);
  }
}
