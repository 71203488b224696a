package dev.birdconnect.client;

/**
 * The requests per second that a connector may use in a workspace; the API allows 50 GET and 500
 * POST (page <i>Rate limit</i>).
 *
 * @param getPerSecond reads per second
 * @param postPerSecond sends per second
 */
public record RateLimits(double getPerSecond, double postPerSecond) {

  /** Limits of a client that sends nothing. */
  public static RateLimits readOnly(double getPerSecond) {
    return new RateLimits(getPerSecond, 0);
  }
}
