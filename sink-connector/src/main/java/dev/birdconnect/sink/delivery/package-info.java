/**
 * The rules of delivery: lanes, span, retries, contiguous commit, back pressure. No Kafka in it.
 */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.sink.delivery;
