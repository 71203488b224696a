package dev.birdconnect.simulator.switches;

import static dev.birdconnect.simulator.switches.Switch.*;

/** What a switch can be set to. The first choice of a switch is its default. */
public enum Choice {
  NEWEST_FIRST(LIST_ORDER, "newest-first", "The latest createdAt first, ties by id descending."),
  OLDEST_FIRST(LIST_ORDER, "oldest-first", "The earliest createdAt first, ties by id ascending."),

  POSITION_TOKEN(PAGE_TOKEN, "position", "A createdAt and id; stable while messages arrive."),
  OFFSET_TOKEN(
      PAGE_TOKEN, "offset", "How many messages to pass over; pages shift as messages arrive."),

  BAD_TOKEN_422(UNREADABLE_PAGE_TOKEN, "422", "422 at .pageToken."),
  BAD_TOKEN_400(UNREADABLE_PAGE_TOKEN, "400", "400."),

  TOKEN_IS_A_POSITION(
      PAGE_TOKEN_ELSEWHERE, "position-only", "The request's parameters win; limit may change."),
  TOKEN_IS_BOUND(
      PAGE_TOKEN_ELSEWHERE, "refused", "Another reverse or filter: answered as an unreadable one."),

  WORKSPACE_LIST_THERE(
      WORKSPACE_LIST, "all-channels", "Parameters and envelope of the list of a channel."),
  WORKSPACE_LIST_MISSING(WORKSPACE_LIST, "missing", "404."),

  FILTERS_IGNORED(UNDOCUMENTED_FILTERS, "ignored", "Not even looked at."),
  FILTERS_APPLIED(
      UNDOCUMENTED_FILTERS,
      "applied",
      "Start inclusive, end exclusive, on createdAt; a range over 7 days is 400."),

  UNKNOWN_IGNORED(UNKNOWN_PARAMETERS, "ignored", "Not even looked at."),
  UNKNOWN_REFUSED(UNKNOWN_PARAMETERS, "refused", "422 at the parameter."),

  CONFLICT_NEVER(CONFLICT, "never", "Never; a fault rule can answer 409."),
  CONFLICT_ON_REFERENCE(
      CONFLICT,
      "used-reference",
      "When a message of the channel has the reference already; looks through the whole channel."),

  KEY_IGNORED(IDEMPOTENCY_KEY, "ignored", "Equal posts make different messages."),
  KEY_HONOURED(
      IDEMPOTENCY_KEY, "honoured", "A second send with the same key answers the first message."),

  DOCUMENTED_BODY(ERROR_BODY, "documented", "Code and message in JSON."),
  EMPTY_BODY(ERROR_BODY, "empty", "No body."),
  HTML_BODY(ERROR_BODY, "html", "A page, as proxies send it."),

  NO_RETRY_AFTER(RETRY_AFTER, "none", "No header."),
  RETRY_AFTER_SECONDS(RETRY_AFTER, "seconds", "A number of seconds."),
  RETRY_AFTER_DATE(RETRY_AFTER, "date", "A date by the server's clock."),

  LARGEST_204800(LARGEST_BODY, "204800", "200 KB are 204,800 bytes."),
  LARGEST_200000(LARGEST_BODY, "200000", "200 KB are 200,000 bytes."),

  SEVERAL_422(SEVERAL_RECIPIENTS, "422", "422 at .receiver.contacts."),
  SEVERAL_400(SEVERAL_RECIPIENTS, "400", "400."),
  SEVERAL_REJECTED(SEVERAL_RECIPIENTS, "rejected-later", "202, then rejected with 11001."),

  EMPTY_REFUSED(
      EMPTY_ARRAYS, "refused", "422; a missing contacts too. Empty template parameters pass."),
  EMPTY_ACCEPTED(EMPTY_ARRAYS, "by-the-letter", "They pass, as the documented schema says."),

  BOTH_REFUSED(BODY_AND_TEMPLATE, "refused", "422 at .template."),
  TEMPLATE_WINS(BODY_AND_TEMPLATE, "template-wins", "202; the message has no body."),

  ALL_FIELDS(MESSAGE_FIELDS, "all", "All that either version of the page requires."),
  SPARSE_FIELDS(
      MESSAGE_FIELDS,
      "sparse",
      "id, channelId, status, createdAt, lastStatusAt, and a reference that is not empty."),

  ACTION_ACCEPTED(ACTION_BODY, "accepted", "The type value action passes."),
  ACTION_REFUSED(
      ACTION_BODY, "refused", "422, as the documented schema says when taken literally."),

  BY_PROFILE(PROGRESS, "by-profile", "As the channel's profile says."),
  STOPS_AT_SENT(PROGRESS, "stops-at-sent", "No delivery receipt: sent is the last status."),
  ALL_REJECTED(PROGRESS, "rejected", "Every message ends rejected."),
  ALL_SKIPPED(PROGRESS, "skipped", "Every message ends skipped."),
  ALL_SENDING_FAILED(PROGRESS, "sending-failed", "Every message ends sending_failed."),
  ALL_DELIVERY_FAILED(PROGRESS, "delivery-failed", "Every message ends delivery_failed."),
  LATE_FAILURE_AFTER_SENT(
      PROGRESS, "late-failure-after-sent", "Instead of delivered a late delivery_failed."),
  LATE_FAILURE_AFTER_DELIVERED(
      PROGRESS, "late-failure-after-delivered", "A late delivery_failed follows delivered."),

  STATUS_START(LAST_STATUS_AT, "status-start", "When the present status began; never goes back."),
  PLATFORM_TIME(
      LAST_STATUS_AT,
      "platform-time",
      "The platform's time: equal for processing and sent, and the status after sent goes back."),

  FAR_REFUSED(FAR_SCHEDULE, "refused", "422 at .scheduledFor."),
  FAR_REJECTED(FAR_SCHEDULE, "rejected-later", "202, then rejected with 11002."),

  BATCH_FILTER_IGNORED(BATCH_FILTER, "ignored", "Not even looked at."),
  BATCH_FILTER_APPLIED(BATCH_FILTER, "applied", "Only messages of that batch."),

  PARAMETERS_422(BAD_PARAMETERS, "422", "422 at the parameter."),
  PARAMETERS_400(BAD_PARAMETERS, "400", "400."),

  PATH_IDS_422(BAD_PATH_IDS, "422", "422 at the parameter."),
  PATH_IDS_400(BAD_PATH_IDS, "400", "400."),
  PATH_IDS_404(BAD_PATH_IDS, "404", "404."),

  TAGS_IN_ORDER(TAGS, "in-order", "In lower case, in their order, repeats dropped, spaces kept."),
  TAGS_SORTED(TAGS, "sorted", "In lower case, sorted, repeats dropped, spaces kept."),
  TAGS_WITH_REPEATS(
      TAGS, "with-repeats", "In lower case, in their order, repeats and spaces kept."),

  BEARER_REFUSED(BEARER, "refused", "401: only the scheme AccessKey opens."),
  BEARER_ACCEPTED(BEARER, "accepted", "As good as AccessKey."),

  FOREIGN_403(FOREIGN_WORKSPACE, "403", "403."),
  FOREIGN_404(FOREIGN_WORKSPACE, "404", "404."),

  OTP_RANGE(
      OTP_EXPIRATION,
      "range-only",
      "Only the range of 1 to 90; whether seconds or minutes shows in no answer, so there is no"
          + " other setting."),

  UPLOAD_204(UPLOAD_ANSWER, "204", "204 without a body."),
  UPLOAD_201(UPLOAD_ANSWER, "201", "201 with the place of the file in XML, as S3 can."),
  UPLOAD_200(UPLOAD_ANSWER, "200", "200 without a body, as S3 can."),

  MISSING_MEDIA_FAILS(MISSING_MEDIA, "sending-failed", "202, then sending_failed."),
  MISSING_MEDIA_REFUSED(MISSING_MEDIA, "refused", "422 at .body."),
  MISSING_MEDIA_PASSES(MISSING_MEDIA, "ignored", "Sent like any other."),

  CONTACT_BY_IDENTIFIER(CONTACT_IDS, "by-identifier", "The same for the same identifier."),
  CONTACT_PER_MESSAGE(CONTACT_IDS, "per-message", "A new one for every message."),

  IDENTIFIERS_UNCHECKED(IDENTIFIER_FORMAT, "unchecked", "Any text passes."),
  IDENTIFIERS_CHECKED(
      IDENTIFIER_FORMAT,
      "checked",
      "422 for a phonenumber that is not E.164 with a plus, or an emailaddress without an @."),

  THREE_DECIMALS(TIMES, "three-decimals", "UTC, Z, three decimals."),
  NINE_DECIMALS(TIMES, "nine-decimals", "UTC, Z, nine decimals."),
  SHORT_DECIMALS(TIMES, "no-trailing-zeros", "UTC, Z, as many decimals as needed, or none."),

  FAILED_MAKES_NONE(FAILED_SEND, "no-message", "No message is made."),
  FAILED_MAKES_ONE(FAILED_SEND, "message-made", "The message is made, then 5xx."),
  FAILED_IS_CUT_BEFORE(
      FAILED_SEND, "cut-before-answer", "The message is made; the connection ends unanswered."),
  FAILED_IS_CUT_AFTER(
      FAILED_SEND,
      "cut-after-first-byte",
      "The message is made; the connection ends after the first byte of the answer's body."),

  CHANNEL_FIRST(CHECK_ORDER, "channel-first", "404 for an unknown channel before 422."),
  FIELDS_FIRST(CHECK_ORDER, "fields-first", "422 for fields before 404 for an unknown channel."),

  CONTENT_TYPE_400(CONTENT_TYPE, "400", "400."),
  CONTENT_TYPE_415(CONTENT_TYPE, "415", "415."),
  CONTENT_TYPE_IGNORED(CONTENT_TYPE, "ignored", "Read as JSON all the same."),

  INBOUND_LISTED(INBOUND, "listed", "In the same list, direction incoming, status delivered."),
  INBOUND_LEFT_OUT(INBOUND, "left-out", "Only outgoing messages are listed."),

  FORMATS_CHECKED(FORMATS, "checked", "422 at the field."),
  FORMATS_UNCHECKED(
      FORMATS, "unchecked", "Any text passes; a scheduledFor that is none is ignored."),

  NULL_IS_MISSING(NULL_BODY, "as-missing", "As if the field were missing."),
  NULL_REFUSED(NULL_BODY, "refused", "422 at the field, as strict readings of the schema have it."),

  UPLOAD_FIELDS_REFUSED(UPLOAD_FIELDS, "refused", "422."),
  UPLOAD_FIELDS_IGNORED(UPLOAD_FIELDS, "ignored", "They pass."),

  BATCH_IN_ORDER(BATCH_ORDER, "in-order", "In the order of the array."),
  BATCH_ANY_ORDER(BATCH_ORDER, "any-order", "In an order drawn for every batch.");

  private final Switch of;
  private final String wireName;
  private final String meaning;

  Choice(Switch of, String wireName, String meaning) {
    this.of = of;
    this.wireName = wireName;
    this.meaning = meaning;
  }

  /** The switch it belongs to. */
  public Switch of() {
    return of;
  }

  /** Its name in flags, files and control calls. */
  public String wireName() {
    return wireName;
  }

  /** What happens with it, a sentence. */
  public String meaning() {
    return meaning;
  }
}
