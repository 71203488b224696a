package dev.birdconnect.sink.reconcile;

import java.time.Duration;

/**
 * How far a listing reads.
 *
 * @param maxPages most pages
 * @param margin how much further down it reads than the times say: for clocks of the API's servers
 *     that differ, and for equal times
 */
public record ListingLimits(int maxPages, Duration margin) {}
