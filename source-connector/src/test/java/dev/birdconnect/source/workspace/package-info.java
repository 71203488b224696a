/** The list of all channels, against channels in memory with a clock that goes on when told to. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.source.workspace;
