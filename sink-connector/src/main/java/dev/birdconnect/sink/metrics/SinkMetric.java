package dev.birdconnect.sink.metrics;

import dev.birdconnect.common.metrics.Metric;

/** The metrics of a sink's task. */
public enum SinkMetric implements Metric {
  ATTEMPTS_ACCEPTED_TOTAL("attempts", "Attempts to send that the API accepted."),
  ATTEMPTS_REJECTED_TOTAL("attempts", "Attempts to send that the API rejected for good."),
  ATTEMPTS_NOT_PROCESSED_TOTAL(
      "attempts", "Attempts to send that are safe to repeat: host not reached, too many requests."),
  ATTEMPTS_UNKNOWN_TOTAL("attempts", "Attempts to send whose outcome the answer did not tell."),
  ATTEMPTS_DENIED_TOTAL(
      "attempts", "Attempts to send that key, rights, address or account stood against."),
  ATTEMPTS_TAKEN_TOTAL(
      "attempts",
      "Attempts to send that the API took in with a batch; their results come by the list."),
  BATCHES_TOTAL("requests", "Batches that left."),
  BATCH_SENDS_TOTAL("sends", "Sends in these batches."),
  BATCHES_REFUSED_TOTAL(
      "requests", "Batches that were refused because of one send, and left again in smaller ones."),
  RESULTS_SEEN_TOTAL("sends", "Sends of batches whose message the list has shown."),
  RESULTS_REJECTED_TOTAL("sends", "Those of them that the API rejected after taking them in."),
  RESULT_PAGES_READ_TOTAL("pages", "Pages of channels' lists read by sweeps for results."),
  RETRIES_TOTAL("attempts", "Attempts after the first one of their send."),
  RECORDS_REJECTED_TOTAL(
      "records", "Records handed to the dead letter queue, doubts that remained among them."),
  DOUBTS_FOUND_TOTAL("sends", "Sends of unknown outcome whose message was in the channel's list."),
  DOUBTS_SENT_AGAIN_TOTAL(
      "sends", "Sends of unknown outcome whose message was not in the list, so they went again."),
  DOUBTS_REMAINED_SENT_TOTAL(
      "sends", "Sends the list did not tell about, and doubt.policy=send let go again."),
  DOUBTS_REMAINED_REPORTED_TOTAL(
      "sends", "Sends the list did not tell about, and doubt.policy=report rejected."),
  DOUBTS_REMAINED_FAILED_TOTAL(
      "sends", "Sends the list did not tell about, and doubt.policy=fail stopped the task for."),
  TAKEOVER_FOUND_TOTAL(
      "sends", "Records that an earlier owner of their partition had sent, so they went no more."),
  LIST_PAGES_READ_TOTAL(
      "pages", "Pages of channels' lists read to find out what was sent, by listings that ended."),
  REPORTS_WRITTEN_TOTAL("reports", "Reports written to report.topic."),
  REPORTS_FAILED_TOTAL("reports", "Reports that could not be written to report.topic."),
  MEDIA_UPLOADS_TOTAL("uploads", "Media uploaded to the store."),
  MEDIA_UPLOADED_BYTES_TOTAL("bytes", "Bytes of media uploaded to the store."),
  MEDIA_UPLOADS_SHARED_TOTAL(
      "uploads", "Uploads that were not needed, as an equal medium had one of its own."),
  MEDIA_UPLOADS_FAILED_TOTAL(
      "uploads", "Uploads that failed: no form, refused by the store, or no usable answer of it."),
  MEDIA_FORMS_TOTAL("requests", "Forms asked for to upload media with, each of them a POST."),
  SENDS_IN_FLIGHT(
      "requests", "Requests with sends under way, those that wait for the rate budget among them."),
  SENDS_PREPARING("sends", "Sends in flight whose media are being uploaded."),
  LANES_READY("lanes", "Order keys whose next send waits for a free place only."),
  LANES_BACKING_OFF("lanes", "Order keys whose next send waits before a repeat."),
  LANES_HELD(
      "lanes",
      "Order keys that wait until it is known what earlier owners have sent, or, for several"
          + " contacts, of which platform the channel is."),
  LANES_BEYOND_SPAN(
      "lanes",
      "Order keys whose next send is too far above its partition's oldest unfinished one."),
  DOUBTS_OPEN("sends", "Sends whose outcome is unknown and is to be looked up."),
  RESULTS_WAITING("sends", "Sends taken in with batches whose message the list has not shown yet."),
  MOST_ATTEMPTS(
      "attempts",
      "Attempts of that unfinished send that was tried most often. Where it grows, a send fails"
          + " again and again and holds its partition at the span."),
  RECORDS_UNFINISHED("records", "Records taken in that are not finished."),
  OLDEST_UNFINISHED_AGE_MS(
      "ms", "Time since the oldest unfinished record was handed over; 0 without one."),
  RATE_ALLOWED_PER_SECOND(
      "requests/s",
      "POST requests that the tasks of this worker may make in the workspace at present, together."
          + " It falls when the API answers 429 and creeps up again."),
  RATE_USED_SHARE(
      "share",
      "Share of it, from 0 to 1, that this task's requests with sends and forms for media take, since"
          + " the value was last read."),
  MEDIA_UPLOAD_P50_MS("ms", mediaUpload("Half")),
  MEDIA_UPLOAD_P95_MS("ms", mediaUpload("95 %")),
  MEDIA_UPLOAD_P99_MS("ms", mediaUpload("99 %")),
  RESULT_AGE_P50_MS("ms", resultAge("Half")),
  RESULT_AGE_P95_MS("ms", resultAge("95 %")),
  RESULT_AGE_P99_MS("ms", resultAge("99 %")),
  RECORD_TO_ACCEPTANCE_P50_MS("ms", recordToAcceptance("Half")),
  RECORD_TO_ACCEPTANCE_P95_MS("ms", recordToAcceptance("95 %")),
  RECORD_TO_ACCEPTANCE_P99_MS("ms", recordToAcceptance("99 %")),
  HANDOVER_TO_ACCEPTANCE_P50_MS("ms", handoverToAcceptance("Half")),
  HANDOVER_TO_ACCEPTANCE_P95_MS("ms", handoverToAcceptance("95 %")),
  HANDOVER_TO_ACCEPTANCE_P99_MS("ms", handoverToAcceptance("99 %"));

  private final String unit;
  private final String description;

  SinkMetric(String unit, String description) {
    this.unit = unit;
    this.description = description;
  }

  private static String mediaUpload(String part) {
    return part
        + " of the media uploaded in the last minute took at most this long, asking for the form"
        + " included.";
  }

  private static String resultAge(String share) {
    return share
        + " of the results seen in the last minute came within this time from the batch's answer.";
  }

  private static String recordToAcceptance(String part) {
    return part
        + " of the sends accepted in the last minute took at most this long from the record's"
        + " timestamp to the answer, by the worker's clock.";
  }

  private static String handoverToAcceptance(String part) {
    return part
        + " of the sends accepted in the last minute took at most this long from the time the task"
        + " got the record to the answer.";
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
