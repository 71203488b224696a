package dev.birdconnect.simulator.switches;

import dev.birdconnect.simulator.Api.Reply;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** How statuses move and their times. */
class LifeSwitchesTest {
  static Sights sights() {
    Sights sights = new Sights();
    sights.see(
        Switch.PROGRESS,
        LifeSwitchesTest::steps,
        "by-profile",
        "0accepted 0sent 1delivered",
        "stops-at-sent",
        "0accepted 0sent",
        "rejected",
        "0accepted 0rejected",
        "skipped",
        "0accepted 0skipped",
        "sending-failed",
        "0accepted 0sending_failed",
        "delivery-failed",
        "0accepted 0sent 1delivery_failed",
        "late-failure-after-sent",
        "0accepted 0sent 10delivery_failed",
        "late-failure-after-delivered",
        "0accepted 0sent 1delivered 11delivery_failed");
    sights.see(
        Switch.LATE_FAILURE_DELAY,
        w -> {
          w.simulator.switches().set(Choice.LATE_FAILURE_AFTER_DELIVERED);
          Reply made = w.sendText("a");
          w.clock.advance(Duration.ofSeconds(5));
          return w.read(made).json().path("status").asString();
        },
        "PT10S",
        "delivered",
        "PT2S",
        "delivery_failed");
    sights.see(
        Switch.LAST_STATUS_AT,
        w -> {
          Reply made = w.sendText("a");
          StringBuilder times = new StringBuilder();
          for (int millis : new int[] {200, 300, 1000}) {
            w.clock.advance(Duration.ofMillis(millis));
            times
                .append(w.read(made).json().path("lastStatusAt").asString().substring(20, 23))
                .append(' ');
          }
          return times.toString();
        },
        "status-start",
        "320 620 620 ",
        "platform-time",
        "320 320 220 ");
    return sights;
  }

  private static String steps(World w) throws Exception {
    Reply made = w.sendText("a");
    StringBuilder statuses = new StringBuilder();
    String last = "";
    for (int i = 0; i < 40; i++) {
      String now = w.read(made).json().path("status").asString();
      if (!now.equals(last)) {
        statuses.append(i / 2).append(now).append(' ');
        last = now;
      }
      w.clock.advance(Duration.ofMillis(500));
    }
    return statuses.toString().trim();
  }

  @TestFactory
  Stream<DynamicTest> everyValueIsSeenOverHttp() {
    return sights().tests();
  }
}
