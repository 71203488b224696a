package dev.birdconnect.quickstart.flow;

import java.util.List;

/**
 * The topics of a run.
 *
 * @param orders where the order notifications are written
 * @param deadLetters where the sink's refused records go
 * @param messages the source's message events
 * @param statuses the source's status events
 * @param reports the sink's reports on its sends
 * @param deliveryTimes the delivery tracker's times by channel
 */
public record FlowTopics(
    String orders,
    String deadLetters,
    String messages,
    String statuses,
    String reports,
    String deliveryTimes) {

  /** Those that tell what became of the records. */
  List<String> told() {
    return List.of(deadLetters, messages, statuses, deliveryTimes);
  }
}
