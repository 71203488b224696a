package dev.birdconnect.simulator.switches;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing the documentation leaves open. A switch either takes one of its {@link Choice}s, the
 * first one being the default, or a {@link DurationRange}.
 */
public enum Switch {
  LIST_ORDER(1, "In what order lists come without reverse."),
  PAGE_TOKEN(2, "What a page token stands for."),
  PAGE_TOKEN_LIFE(2, "How long a page token can be used.", DurationRange.any("for-ever")),
  UNREADABLE_PAGE_TOKEN(2, "How a page token is answered that cannot be read or is too old."),
  PAGE_TOKEN_ELSEWHERE(3, "A page token used with other parameters than it was made with."),
  WORKSPACE_LIST(4, "Whether there is a list over all channels of a workspace."),
  UNDOCUMENTED_FILTERS(
      5, "The filters status, direction, startAt, endAt and phonenumber of message lists."),
  UNKNOWN_PARAMETERS(6, "Query parameters that the documentation does not name."),
  CONFLICT(7, "When a send is answered 409 although no fault rule asks for it."),
  IDEMPOTENCY_KEY(8, "The header Idempotency-Key of a send."),
  ERROR_BODY(9, "The body of 401, 403, 413, 429 and 5xx."),
  RETRY_AFTER(10, "The header Retry-After of a 429 for too many requests."),
  LARGEST_BODY(11, "The largest body of a request, in bytes as received."),
  SEVERAL_RECIPIENTS(12, "Several contacts in one message outside of email."),
  EMPTY_ARRAYS(13, "Empty contacts, images and files, and a receiver without contacts."),
  BODY_AND_TEMPLATE(14, "A send with both body and template."),
  MESSAGE_FIELDS(15, "Which fields a message is shown with."),
  ACTION_BODY(16, "A body of the type action."),
  PROGRESS(17, "How the statuses of a message move, unless its receiver forces an outcome."),
  LATE_FAILURE_DELAY(
      17,
      "How long after the status before it a late failure comes.",
      DurationRange.any("none", Duration.ofSeconds(10))),
  LAST_STATUS_AT(18, "What time lastStatusAt is."),
  FAR_SCHEDULE(19, "A scheduledFor more than 35 days ahead."),
  BATCH_FILTER(20, "The list filter batchId."),
  READ_DELAY(
      21, "How long a new message is neither read nor listed.", DurationRange.any("at-once")),
  LATE_ARRIVALS(
      22,
      "How much later than its createdAt every third message appears in lists.",
      DurationRange.any("none")),
  BAD_PARAMETERS(23, "How query parameters are answered that are not valid."),
  BAD_PATH_IDS(23, "How an id in the path is answered that is no UUID."),
  TAGS(24, "What becomes of the tags of a message."),
  BEARER(25, "The access key in an Authorization header with the scheme Bearer."),
  FOREIGN_WORKSPACE(25, "A right key with a workspace that is not its own."),
  OTP_EXPIRATION(26, "What is asked of otp.expirationTime."),
  UPLOAD_FORM_LIFE(
      27,
      "How long the form of an upload can be used.",
      DurationRange.any("none", Duration.ofMinutes(15))),
  UPLOAD_ANSWER(27, "How the media store answers an upload."),
  MISSING_MEDIA(27, "A send with a mediaUrl of the media store that was never uploaded."),
  CONTACT_IDS(28, "The id of a contact."),
  IDENTIFIER_FORMAT(28, "Whether the form of identifiers is checked."),
  TIMES(29, "How times are written."),
  FAILED_SEND(30, "What an injected answer with 5xx means for a send."),
  CHECK_ORDER(31, "What is looked at first: the channel, or the fields of the request."),
  KEEP_MESSAGES(
      32, "How long after its creation a message can be read.", DurationRange.any("for-ever")),
  CONTENT_TYPE(33, "A post whose content type is not JSON."),
  INBOUND(34, "Messages from contacts in lists."),
  FORMATS(35, "The formats uuid, uri, date-time and locale in bodies."),
  NULL_BODY(36, "A body or template that is null."),
  UPLOAD_FIELDS(37, "Fields beside contentType in the request of an upload form."),
  BATCH_ORDER(38, "In what order the messages of a batch are made."),
  BATCH_DELAY(38, "How long after its answer a batch is made.", DurationRange.any("none")),
  CLOCK_SHIFT(
      39,
      "How far the server's clock is ahead of real time; behind it when negative.",
      new DurationRange(Duration.ofMinutes(-10), Duration.ofMinutes(10), "none", Duration.ZERO));

  private final int assumption;
  private final String title;

  // A record of durations and a text is immutable, though the checker cannot know.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Optional<DurationRange> range;

  Switch(int assumption, String title) {
    this.assumption = assumption;
    this.title = title;
    this.range = Optional.empty();
  }

  Switch(int assumption, String title, DurationRange range) {
    this.assumption = assumption;
    this.title = title;
    this.range = Optional.of(range);
  }

  /** The switch with this name. */
  public static Optional<Switch> named(String name) {
    return Arrays.stream(values()).filter(s -> s.wireName().equals(name)).findFirst();
  }

  /** Number of the assumption in section 17 of the reference. */
  public int assumption() {
    return assumption;
  }

  /** Its name in flags, files and control calls. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it decides, a sentence. */
  public String title() {
    return title;
  }

  /** What it takes where it takes a duration. */
  public Optional<DurationRange> range() {
    return range;
  }

  /** What it takes otherwise, the default first. */
  public List<Choice> choices() {
    return Arrays.stream(Choice.values()).filter(choice -> choice.of() == this).toList();
  }

  /** The text of its default. */
  public String defaultText() {
    return range.map(r -> r.write(r.byDefault())).orElseGet(() -> choices().get(0).wireName());
  }
}
