package dev.birdconnect.source.metrics;

import dev.birdconnect.common.metrics.Metric;

/** The metrics of a source's task. */
public enum SourceMetric implements Metric {
  MESSAGES_EMITTED_TOTAL("records", "Messages handed to the worker."),
  MESSAGES_LATE_TOTAL(
      "records", "Those of them that came after messages made later; they are marked late."),
  STATUSES_EMITTED_TOTAL("records", "Statuses of messages handed to the worker."),
  STATUSES_POSSIBLE_REPEATS_TOTAL(
      "records", "Those of them that may have been emitted before; they are marked."),
  INTERACTIONS_EMITTED_TOTAL("records", "Interactions handed to the worker."),
  HEARTBEATS_EMITTED_TOTAL("records", "Heartbeats handed to the worker."),
  READS_PROBE_TOTAL(
      "requests", "Reads to find out how a list is ordered and what its page tokens are."),
  READS_SWEEP_TOTAL("requests", "Reads of pages from the head of a list down to what is emitted."),
  READS_WORKSPACE_TOTAL(
      "requests",
      "Reads of pages of the list of all channels, to see which of them have something new; the"
          + " sweeps of the others are left out."),
  READS_BACK_FILL_TOTAL("requests", "Reads of pages from the oldest message upwards."),
  READS_LOOK_BACK_TOTAL(
      "requests", "Reads of pages below that for late messages and steps after a final status."),
  READS_SEARCH_TOTAL(
      "requests", "Reads of pages further down for open messages that are not remembered."),
  READS_STATUS_PAGE_TOTAL("requests", "Reads of pages that show several open messages."),
  READS_STATUS_SINGLE_TOTAL("requests", "Reads of single open messages."),
  READS_INTERACTIONS_TOTAL("requests", "Reads of the interactions of single messages."),
  READS_FAILED_TOTAL(
      "requests",
      "Reads that brought nothing: too many requests, errors of the server, lost connections,"
          + " refused page tokens. The channel's next read waits."),
  RATE_ALLOWED_PER_SECOND(
      "requests/s",
      "GET requests that the tasks of this worker may make in the workspace at present, together."
          + " It falls when the API answers 429 and creeps up again."),
  RATE_USED_SHARE(
      "share",
      "Share of it, from 0 to 1, that this task's reads take, since the value was last read. What"
          + " all tasks leave of it is left over."),
  CHANNELS_READ("channels", "Channels that the task reads."),
  CHANNELS_STOPPED(
      "channels",
      "Channels of the task that it has given up, as the API answered 403 or 404. The log says why"
          + " of each."),
  MESSAGES_OPEN("messages", "Messages whose status is not final and is followed."),
  OLDEST_OPEN_AGE_MS(
      "ms",
      "Age of the oldest of them, from the later of its creation and its scheduled time; 0 without"
          + " one."),
  FRONTIER_LAG_MS(
      "ms",
      "How long ago the time was, by the server's clock, up to which all messages are emitted; of"
          + " the channel that is furthest behind. At best overlap.ms, growing to poll.interval.ms"
          + " more between two readings, twice that where the list of all channels is used; 0 before"
          + " the first one."),
  MESSAGES_BEYOND_OFFSETS_TOTAL(
      "messages",
      "Open messages that the offsets had no room for, as their channel had too many; their further"
          + " statuses come at least once."),
  MESSAGES_GONE_TOTAL("messages", "Open messages that the API no longer has."),
  MESSAGES_UNREADABLE_TOTAL(
      "messages", "Messages that the API shows and that cannot be read; they are left out."),
  MESSAGE_TO_RECORD_P50_MS("ms", ofMessages("Half")),
  MESSAGE_TO_RECORD_P95_MS("ms", ofMessages("95 %")),
  MESSAGE_TO_RECORD_P99_MS("ms", ofMessages("99 %")),
  STATUS_TO_RECORD_P50_MS("ms", ofStatuses("Half")),
  STATUS_TO_RECORD_P95_MS("ms", ofStatuses("95 %")),
  STATUS_TO_RECORD_P99_MS("ms", ofStatuses("99 %"));

  private final String unit;
  private final String description;

  SourceMetric(String unit, String description) {
    this.unit = unit;
    this.description = description;
  }

  private static String ofMessages(String part) {
    return part
        + " of the messages emitted in the last minute took at most this long from their creation"
        + " to the record, by the server's clock, which is known to a second. Those made before"
        + " the task had read the channel up to the present do not count: neither history, nor what"
        + " was made while the task was stopped.";
  }

  private static String ofStatuses(String part) {
    return part
        + " of the statuses emitted in the last minute took at most this long from lastStatusAt to"
        + " the record, by the server's clock, which is known to a second. Those that began"
        + " before the task had read the channel up to the present do not count: neither history,"
        + " nor what changed while the task was stopped.";
  }

  @Override
  public String unit() {
    return unit;
  }

  @Override
  public String description() {
    return description;
  }
}
