package dev.birdconnect.quickstart.evidence;

import java.time.Duration;

/**
 * The times from order to delivery of a channel, as the delivery tracker tells them.
 *
 * @param channelId the channel
 * @param delivered orders that were delivered
 * @param median half of them took no longer
 * @param nearlyAll nor did 95 of 100
 * @param longest the longest time
 */
public record DeliveryTimes(
    String channelId, int delivered, Duration median, Duration nearlyAll, Duration longest) {}
