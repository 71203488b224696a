/** The messages made, per channel, in the order of the API. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.simulator.store;
