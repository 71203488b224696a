package dev.birdconnect.client.rate;

/**
 * The right to make one request now.
 *
 * @param grantedAtNanos when it was given, by the budget's timer
 */
public record Permit(long grantedAtNanos) {}
