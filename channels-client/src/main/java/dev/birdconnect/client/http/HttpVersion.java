package dev.birdconnect.client.http;

/** The version of HTTP to speak. */
public enum HttpVersion {
  /** HTTP/2 where the server offers it in the TLS handshake (ALPN), else HTTP/1.1. */
  NEGOTIATED,
  /** HTTP/1.1 always, for a proxy or gateway that is not up to HTTP/2. */
  HTTP_1_1
}
