/** The requests per second a connector may use in a workspace. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.client.rate;
