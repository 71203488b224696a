package dev.birdconnect.sink.metrics;

/** Writes the page of the documentation that lists the metrics, in Markdown. */
final class MetricsPage {

  private MetricsPage() {}

  static String markdown() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Metrics of the Bird sink connector

        Generated from the definitions in the code; a test checks that it is current.

        Every task shows its metrics as attributes of the MBean
        `%s:type=sink-task,connector=<name>,task=<number>`, and on Connect 4.1 and newer as plugin
        metrics, which the worker shows in MBeans
        `kafka.connect:type=plugins,connector=<name>,task=<number>,...` and hands to its reporters.
        Totals count from the start of the task. No metric names a key, a receiver or a text.

        | metric | unit | meaning |
        |---|---|---|
        """
            .formatted(JmxExport.DOMAIN));
    for (SinkMetric metric : SinkMetric.values()) {
      page.append(
          "| `%s` | %s | %s |\n"
              .formatted(metric.metricName(), metric.unit(), metric.description()));
    }
    return page.toString();
  }
}
