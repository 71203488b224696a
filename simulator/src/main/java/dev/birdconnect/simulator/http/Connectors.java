package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.tls.TlsIdentity;
import java.time.Duration;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** The port: HTTP/1.1 and HTTP/2, with TLS chosen between by ALPN, without by the first bytes. */
final class Connectors {
  private static final int WAITING_CONNECTIONS = 2048;

  /** Longer than any hang a test plays: an idle connection is never the simulator's to close. */
  private static final Duration IDLE = Duration.ofHours(1);

  private Connectors() {}

  static ServerConnector connector(Server server, HttpConfiguration http, ServerSettings settings) {
    http.setSendDateHeader(false);
    http.setSendServerVersion(false);
    ConnectionFactory[] factories =
        settings
            .tls()
            .map(identity -> encrypted(http, identity))
            .orElseGet(
                () -> new ConnectionFactory[] {new HttpConnectionFactory(http), plain2(http)});
    ServerConnector connector = new ServerConnector(server, factories);
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setAcceptQueueSize(WAITING_CONNECTIONS);
    connector.setIdleTimeout(IDLE.toMillis());
    return connector;
  }

  private static ConnectionFactory[] encrypted(HttpConfiguration http, TlsIdentity identity) {
    // Clients also come by an address, for which no name can be sent.
    http.addCustomizer(new SecureRequestCustomizer(false));
    HttpConnectionFactory http1 = new HttpConnectionFactory(http);
    HTTP2ServerConnectionFactory http2 = unlimited(new HTTP2ServerConnectionFactory(http));
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    // What a client without ALPN speaks.
    alpn.setDefaultProtocol(http1.getProtocol());
    return new ConnectionFactory[] {
      new SslConnectionFactory(ssl(identity), alpn.getProtocol()), alpn, http2, http1
    };
  }

  private static SslContextFactory.Server ssl(TlsIdentity identity) {
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setKeyStore(identity.keyStore());
    ssl.setKeyStorePassword(identity.password());
    identity
        .clients()
        .ifPresent(
            trusted -> {
              ssl.setTrustStore(trusted);
              ssl.setNeedClientAuth(true);
            });
    return ssl;
  }

  /**
   * HTTP/2 without TLS, for clients that begin with it. A client that only offers to change over
   * from HTTP/1.1 is left there, as by the API's host.
   */
  private static HTTP2CServerConnectionFactory plain2(HttpConfiguration http) {
    return unlimited(
        new HTTP2CServerConnectionFactory(http) {
          @Override
          public @Nullable Connection upgradeConnection(
              Connector connector,
              EndPoint endPoint,
              MetaData.Request request,
              HttpFields.Mutable response101) {
            return HttpMethod.PRI.is(request.getMethod())
                ? super.upgradeConnection(connector, endPoint, request, response101)
                : null;
          }
        });
  }

  /** Faults make clients cancel many streams at once, which would pass for an attack. */
  private static <T extends HTTP2ServerConnectionFactory> T unlimited(T factory) {
    factory.setRateControlFactory(new RateControl.Factory() {});
    return factory;
  }
}
