/** A Kafka broker and a Connect worker inside this JVM, and a client of the worker's REST API. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.quickstart.cluster;
