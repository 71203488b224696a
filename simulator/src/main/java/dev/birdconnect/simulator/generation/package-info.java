@org.jspecify.annotations.NullMarked
package dev.birdconnect.simulator.generation;
