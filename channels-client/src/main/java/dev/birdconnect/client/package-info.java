/** The Channels API in Java, without Kafka. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.client;
