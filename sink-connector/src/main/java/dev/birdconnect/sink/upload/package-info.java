/**
 * Uploads of media: bounded, shared by content, and what they mean for the send that needs them.
 */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.sink.upload;
