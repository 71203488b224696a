/**
 * What the documentation of the Channels API leaves open, as switches: section 17 of the reference,
 * with its defaults.
 */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.simulator.switches;
