package dev.birdconnect.client.message;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A message's status. The ten documented values are listed (page <i>Message status and
 * interactions</i>); a value that is not listed is kept and counts as open.
 *
 * @param name the status as the API spells it
 */
public record MessageStatus(String name) {

  public static final MessageStatus ACCEPTED = new MessageStatus("accepted");
  public static final MessageStatus SCHEDULED = new MessageStatus("scheduled");
  public static final MessageStatus PROCESSING = new MessageStatus("processing");
  public static final MessageStatus SENT = new MessageStatus("sent");
  public static final MessageStatus DELIVERED = new MessageStatus("delivered");
  public static final MessageStatus REJECTED = new MessageStatus("rejected");
  public static final MessageStatus SENDING_FAILED = new MessageStatus("sending_failed");
  public static final MessageStatus DELIVERY_FAILED = new MessageStatus("delivery_failed");
  public static final MessageStatus SKIPPED = new MessageStatus("skipped");
  public static final MessageStatus DELETED = new MessageStatus("deleted");

  private static final Map<String, MessageStatus> LISTED =
      Stream.of(
              ACCEPTED,
              SCHEDULED,
              PROCESSING,
              SENT,
              DELIVERED,
              REJECTED,
              SENDING_FAILED,
              DELIVERY_FAILED,
              SKIPPED,
              DELETED)
          .collect(Collectors.toUnmodifiableMap(MessageStatus::name, Function.identity()));

  private static final Set<String> FINAL =
      Stream.of(DELIVERED, REJECTED, SENDING_FAILED, DELIVERY_FAILED, SKIPPED, DELETED)
          .map(MessageStatus::name)
          .collect(Collectors.toUnmodifiableSet());

  /** The status of this name; for a listed one always the same object. */
  static MessageStatus named(String name) {
    return Optional.ofNullable(LISTED.get(name)).orElseGet(() -> new MessageStatus(name));
  }

  /** Whether no further status is expected; which ones are final is assumption 17 of the API. */
  public boolean isFinal() {
    return FINAL.contains(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
