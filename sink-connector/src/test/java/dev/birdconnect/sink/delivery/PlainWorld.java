package dev.birdconnect.sink.delivery;

import dev.birdconnect.sink.reconcile.Findings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Deliveries of single sends whose channel's list is empty; time stands still. */
final class PlainWorld {

  static final long MILLI = 1_000_000;

  /** Waits are always the bound itself: 100 ms, 200 ms, ... up to 1 s. */
  final Deliveries<String> deliveries;

  long now = 5;

  /**
   * @param maxInFlight most requests in flight
   */
  PlainWorld(int maxInFlight) {
    deliveries =
        new Deliveries<>(
            maxInFlight,
            maxInFlight,
            BatchRules.SINGLE,
            new RetrySchedule(Duration.ofMillis(100), Duration.ofSeconds(1), () -> 1.0),
            Sends.DOUBT_RULES,
            false,
            DeliveryObserver.none(),
            Optional::empty,
            0);
    deliveries.open(Sends.P0, 0);
    deliveries.open(Sends.P1, 0);
  }

  /** Starts what can start. */
  List<Consignment<String>> start() {
    return start(deliveries, now);
  }

  /** Starts what can start while the channel's list is empty. */
  static List<Consignment<String>> start(Deliveries<String> deliveries, long now) {
    deliveries.seen(now);
    List<Consignment<String>> starts = new ArrayList<>(deliveries.start(now));
    for (Inquiry<String> inquiry : deliveries.ask(now)) {
      deliveries.answered(inquiry, Findings.ofMissingChannel(inquiry.questions()), now);
    }
    starts.addAll(deliveries.start(now));
    return starts;
  }
}
