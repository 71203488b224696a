package dev.birdconnect.common.metrics;

import java.util.List;

/** Writes the page of the documentation that lists the metrics, in Markdown. */
public final class MetricsPage {

  private MetricsPage() {}

  /**
   * The page.
   *
   * @param kind {@code sink} or {@code source}
   * @param metrics the metrics of such a task
   */
  public static String markdown(String kind, List<? extends Metric> metrics) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Metrics of the Bird %s connector

        Generated from the definitions in the code; a test checks that it is current.

        Every task shows its metrics as attributes of the MBean
        `%s:type=%s-task,connector=<name>,task=<number>`, and on Connect 4.1 and newer as plugin
        metrics, which the worker shows in MBeans
        `kafka.connect:type=plugins,connector=<name>,task=<number>,...` and hands to its reporters.
        Totals count from the start of the task. No metric names a key, a receiver or a text.

        | metric | unit | meaning |
        |---|---|---|
        """
            .formatted(kind, JmxExport.DOMAIN, kind));
    for (Metric metric : metrics) {
      page.append(
          "| `%s` | %s | %s |\n"
              .formatted(metric.metricName(), metric.unit(), metric.description()));
    }
    return page.toString();
  }
}
