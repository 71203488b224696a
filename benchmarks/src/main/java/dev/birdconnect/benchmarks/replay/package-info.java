/** A connector that shows how fast the framework alone is. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.benchmarks.replay;
