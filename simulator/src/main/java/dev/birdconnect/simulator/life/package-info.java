/** How the status of a message moves with time. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.simulator.life;
