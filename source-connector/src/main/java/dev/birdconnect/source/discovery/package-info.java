/** Which channels a workspace has: found through the API, and again from time to time. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.source.discovery;
