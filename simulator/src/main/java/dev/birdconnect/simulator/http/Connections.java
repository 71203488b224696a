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

  /** Resets the connection of this request: the client sees a TCP reset, not an end of stream. */
  static void reset(HttpServletRequest request) throws IOException {
    EndPoint endPoint = endPoint(request);
    if (endPoint.getTransport() instanceof SocketChannel socket) {
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      socket.close();
    }
    endPoint.close();
  }

  private static EndPoint endPoint(HttpServletRequest request) {
    return ServletContextRequest.getServletContextRequest(request)
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint();
  }
}
