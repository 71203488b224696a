/** From a Kafka record to the request that is sent for it. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.sink.record;
