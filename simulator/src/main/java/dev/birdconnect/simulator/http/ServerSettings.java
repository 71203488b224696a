package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.switches.Switches;
import dev.birdconnect.simulator.tls.TlsIdentity;
import java.time.Clock;
import java.util.Optional;

/**
 * How the HTTP side is set up.
 *
 * @param host address to listen on
 * @param port port to listen on, 0 for a free one
 * @param tls key and certificate of HTTPS, without it HTTP
 * @param postPerSecond POST requests per second and workspace, without it no limit
 * @param getPerSecond GET requests per second and workspace, without it no limit
 * @param clock the server's time
 * @param switches what the documentation leaves open
 */
public record ServerSettings(
    String host,
    int port,
    Optional<TlsIdentity> tls,
    Optional<Integer> postPerSecond,
    Optional<Integer> getPerSecond,
    Clock clock,
    Switches switches) {}
