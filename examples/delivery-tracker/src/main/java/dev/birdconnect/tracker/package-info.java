/** An example: follows each order from its record over the sink's report to its delivery. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.tracker;
