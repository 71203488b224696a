/** Where records stand in Kafka. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.sink.position;
