package dev.birdconnect.simulator.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/** Cuts connections. */
final class Connections {
  private Connections() {}

  /**
   * Resets a connection, with all requests that share it by HTTP/2: the client sees a TCP reset,
   * not an end of stream.
   */
  static void reset(EndPoint endPoint) throws IOException {
    Object transport = endPoint.getTransport();
    // Under TLS there is a second one, which would still say goodbye.
    while (transport instanceof EndPoint inner) {
      transport = inner.getTransport();
    }
    if (transport instanceof SocketChannel socket) {
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      socket.close();
    }
    endPoint.close();
  }

  /** The connection by which a request came. */
  static EndPoint endPoint(HttpServletRequest request) {
    return ServletContextRequest.getServletContextRequest(request)
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint();
  }
}
