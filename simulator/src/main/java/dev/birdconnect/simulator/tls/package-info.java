/** Certificates and key stores with which the simulator serves HTTPS. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.simulator.tls;
