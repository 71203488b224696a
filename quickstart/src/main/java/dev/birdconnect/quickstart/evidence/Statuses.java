package dev.birdconnect.quickstart.evidence;

import java.util.Set;

/** Statuses of the Channels API, as its reference sorts them. */
public final class Statuses {

  private static final Set<String> FAILED =
      Set.of("rejected", "sending_failed", "delivery_failed", "skipped", "deleted");

  private Statuses() {}

  /** Whether the message reached the customer. */
  public static boolean isDelivered(String status) {
    return status.equals("delivered");
  }

  /** Whether the message will not reach the customer. */
  public static boolean isFailed(String status) {
    return FAILED.contains(status);
  }

  /** Whether no other status is expected. */
  public static boolean isFinal(String status) {
    return isDelivered(status) || isFailed(status);
  }
}
