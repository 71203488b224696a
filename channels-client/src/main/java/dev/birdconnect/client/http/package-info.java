/** The HTTP transport: one exchange per request, time-outs, proxy and TLS. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.client.http;
