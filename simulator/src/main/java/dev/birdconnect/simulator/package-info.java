/** The Channels API on localhost: start it in a JVM or as a program, and look at what it made. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.simulator;
