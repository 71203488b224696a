/** What a task measures. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.source.metrics;
