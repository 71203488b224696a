/** The sink's settings: definition, values, and the check against the API. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.sink.config;
