package dev.birdconnect.systemtests;

import dev.birdconnect.client.http.ProxySettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ConnectHandler;

/** A proxy that opens tunnels for one user only, whatever the host to a port of this machine. */
final class CredentialProxy {

  private static final String USER = "user";
  private static final String PASSWORD = "proxy-password";

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final List<String> tunnels = new CopyOnWriteArrayList<>();

  CredentialProxy() throws Exception {
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    server.addConnector(connector);
    server.setHandler(new Tunnels());
    server.start();
  }

  private final class Tunnels extends ConnectHandler {

    private final String expected =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.ISO_8859_1));

    @Override
    protected boolean handleAuthentication(Request request, Response response, String address) {
      if (expected.equals(request.getHeaders().get(HttpHeader.PROXY_AUTHORIZATION))) {
        tunnels.add(address);
        return true;
      }
      response.getHeaders().put(HttpHeader.PROXY_AUTHENTICATE, "Basic realm=\"proxy\"");
      return false;
    }

    @Override
    protected InetSocketAddress newConnectAddress(String host, int port) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
  }

  /** How to use it as its user. */
  ProxySettings settings() {
    return settings(PASSWORD);
  }

  /** How to use it with a password of one's own. */
  ProxySettings settings(String password) {
    return new ProxySettings(
        connector.getHost(),
        connector.getLocalPort(),
        Optional.of(new ProxySettings.Credentials(USER, password)));
  }

  /** Host and port of every tunnel that was opened. */
  List<String> tunnels() {
    return tunnels;
  }

  /** Takes no connections any more and ends those there are. */
  void stop() throws Exception {
    server.stop();
  }
}
