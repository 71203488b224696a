package dev.birdconnect.sink.delivery;

/**
 * What delivery has in hand at one moment.
 *
 * @param unfinished records that are not finished
 * @param oldestNanos how long ago the oldest of them was handed over, in nanoseconds; 0 without one
 * @param inFlight requests in flight
 * @param preparing those of them that are being prepared
 * @param ready lanes that wait for a free place only
 * @param backingOff lanes that wait before a repeat
 * @param held lanes that wait until it is known what earlier owners have sent, or which platform
 *     the channel is of
 * @param beyondSpan lanes whose head is too far above the oldest unfinished offset
 * @param doubts sends whose outcome is to be looked up
 * @param resultsWaiting sends that were taken in with batches and not seen in the list yet
 * @param mostAttempts attempts of that unfinished send that was tried most often
 */
public record DeliveryLoad(
    int unfinished,
    long oldestNanos,
    int inFlight,
    int preparing,
    int ready,
    int backingOff,
    int held,
    int beyondSpan,
    int doubts,
    int resultsWaiting,
    int mostAttempts) {}
