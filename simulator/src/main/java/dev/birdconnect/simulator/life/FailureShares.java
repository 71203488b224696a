package dev.birdconnect.simulator.life;

/**
 * What share of the messages ends badly.
 *
 * @param rejected refused after they were taken in
 * @param skipped left out
 * @param sendingFailed cannot be handed to the platform
 * @param deliveryFailed handed over, and the platform fails to deliver
 */
public record FailureShares(
    double rejected, double skipped, double sendingFailed, double deliveryFailed) {

  /** No message ends badly. */
  public static final FailureShares NONE = new FailureShares(0, 0, 0, 0);

  /** Refuses shares that are none. */
  public FailureShares {
    Shares.check("rejectedShare", rejected);
    Shares.check("skippedShare", skipped);
    Shares.check("sendingFailedShare", sendingFailed);
    Shares.check("deliveryFailedShare", deliveryFailed);
    Shares.check("sum of all failure shares", rejected + skipped + sendingFailed + deliveryFailed);
  }
}
