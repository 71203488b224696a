/** Open messages: the statuses last emitted, and when to read which message again. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.source.status;
