/** The store behind pre-signed uploads, on disk while the simulator runs. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.simulator.media;
