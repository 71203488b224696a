package dev.birdconnect.quickstart.terminal;

import dev.birdconnect.quickstart.evidence.DeliveryTimes;
import dev.birdconnect.quickstart.evidence.Progress;
import dev.birdconnect.quickstart.evidence.Spread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The table at the end of a run. */
public final class SummaryTable {

  private static final int NAME_WIDTH = 40;

  private SummaryTable() {}

  /**
   * Returns the table's lines.
   *
   * @param progress the numbers at the end
   * @param toAcceptance times from record to message
   * @param toDelivery times from record to delivery
   * @param deliveryTimes what the delivery tracker says of each channel
   * @param flow time from the first record to the last event
   * @param total time since the program's start
   */
  public static List<String> lines(
      Progress progress,
      Spread toAcceptance,
      Spread toDelivery,
      List<DeliveryTimes> deliveryTimes,
      Duration flow,
      Duration total) {
    List<String> lines = new ArrayList<>();
    String rule = "  " + "─".repeat(NAME_WIDTH + 30);
    lines.add(rule);
    lines.add(row("Records in", progress.produced()));
    lines.add(row("Accepted by the API", progress.accepted()));
    lines.add(row("Rejected to the dead letter topic", progress.deadLetters()));
    lines.add(row("Delivered", progress.delivered()));
    lines.add(row("Failed", progress.failed()));
    lines.add(row("Replies of customers", progress.replies()));
    lines.add(row("Messages seen on bird.messages", progress.messageEvents()));
    lines.add(row("Statuses seen on bird.statuses", progress.statusEvents()));
    lines.add(rule);
    lines.add(row("From record to acceptance", toAcceptance));
    lines.add(row("From record to delivery", toDelivery));
    lines.add("  From order to delivery, by channel, as the delivery tracker tells");
    deliveryTimes.forEach(times -> lines.add(row(times)));
    lines.add(row("From first record to last event", Seconds.of(flow)));
    lines.add(row("In all, start of the cluster included", Seconds.of(total)));
    lines.add(rule);
    return List.copyOf(lines);
  }

  private static String row(DeliveryTimes times) {
    return row(
        "  " + times.channelId(),
        "%d orders, median %s, 95%% %s, longest %s"
            .formatted(
                times.delivered(),
                Seconds.of(times.median()),
                Seconds.of(times.nearlyAll()),
                Seconds.of(times.longest())));
  }

  private static String row(String name, int count) {
    return row(name, Integer.toString(count));
  }

  private static String row(String name, Spread spread) {
    return row(
        name,
        "median " + Seconds.of(spread.median()) + ", longest " + Seconds.of(spread.longest()));
  }

  private static String row(String name, String value) {
    return "  " + name + " ".repeat(Math.max(1, NAME_WIDTH - name.length())) + value;
  }
}
