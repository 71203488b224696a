/** What a reader found as records with typed, versioned schemas. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.source.event;
