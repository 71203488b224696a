/** Records that cannot go, handed to Connect's errant-record reporter. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.sink.report;
