/** Reading a channel: order of the list, back-fill, sweeps, and what of it has to be emitted. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.source.reading;
