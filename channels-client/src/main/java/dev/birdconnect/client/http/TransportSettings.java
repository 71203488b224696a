package dev.birdconnect.client.http;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How the API is reached.
 *
 * @param apiUrl scheme, host and port, without a path
 * @param accessKey the workspace's access key
 * @param requestTimeout longest time for one whole call, connecting included
 * @param maxInFlight most calls at the same time
 * @param proxy the proxy on the way, where there is one
 * @param tls trust and own certificate
 * @param httpVersion the version of HTTP to speak
 * @param userAgent the header {@code User-Agent}
 * @param threadName prefix of the names of the client's threads
 */
public record TransportSettings(
    URI apiUrl,
    AccessKey accessKey,
    Duration requestTimeout,
    int maxInFlight,
    Optional<ProxySettings> proxy,
    TlsSettings tls,
    HttpVersion httpVersion,
    String userAgent,
    String threadName) {}
