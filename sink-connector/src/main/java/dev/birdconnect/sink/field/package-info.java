/** Names of parts of a record, as settings and templates write them. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.sink.field;
