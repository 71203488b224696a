/** The source connector: a channel's messages and their statuses as Kafka records. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.source;
