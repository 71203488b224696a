/** Programs that measure throughput, next to the raw HTTP client on the same server. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.benchmarks;
