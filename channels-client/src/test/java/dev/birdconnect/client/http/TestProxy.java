package dev.birdconnect.client.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy that asks for user and password. Whatever host is asked for, it goes to the port of
 * that request on this machine, so that tests may use hosts that do not exist.
 */
public final class TestProxy implements Closeable {

  private static final String EXPECTED =
      "proxy-authorization: basic "
          + Base64.getEncoder()
              .encodeToString("user:proxy-password".getBytes(StandardCharsets.UTF_8));

  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final SocketServer server;

  public TestProxy() throws IOException {
    server =
        new SocketServer(
            "test-proxy", new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), this::serve);
  }

  /** How to use it, with its password or another. */
  public ProxySettings settings(String password) {
    return new ProxySettings(
        "127.0.0.1",
        server.port(),
        java.util.Optional.of(new ProxySettings.Credentials("user", password)));
  }

  /** First line and headers of every request that it was asked. */
  public List<String> heads() {
    return heads;
  }

  private void serve(Socket client) throws IOException {
    InputStream in = client.getInputStream();
    OutputStream out = client.getOutputStream();
    String head = RawServer.head(in);
    heads.add(head);
    if (!head.toLowerCase(Locale.ROOT).contains(EXPECTED.toLowerCase(Locale.ROOT))) {
      write(
          out,
          String.join(
              "\r\n",
              "HTTP/1.1 407 Proxy Authentication Required",
              "Proxy-Authenticate: Basic realm=\"p\"",
              "Content-Length: 0",
              "Connection: close",
              "",
              ""));
      return;
    }
    String[] first = head.split(" ", 3);
    boolean tunnel = first[0].equals("CONNECT");
    URI target = URI.create(tunnel ? "https://" + first[1] : first[1]);
    Socket behind = new Socket(InetAddress.getLoopbackAddress(), target.getPort());
    server.own(behind);
    if (tunnel) {
      write(out, "HTTP/1.1 200 Connection established\r\n\r\n");
    } else {
      write(behind.getOutputStream(), forwarded(head, target));
    }
    server.thread(() -> pipe(behind, client));
    pipe(client, behind);
  }

  /** As it goes on: the proxy keeps to itself what is meant for it. */
  private static String forwarded(String head, URI target) {
    String path =
        target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
    return head.replace(target.toString(), path)
        .replaceAll("(?im)^proxy-[^\r\n]*\r\n", "")
        .replaceAll("(?im)^connection:[^\r\n]*\r\n", "Connection: close\r\n");
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(RawServer.bytes(text));
    out.flush();
  }

  private static void pipe(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      var unused = from.getInputStream().transferTo(to.getOutputStream());
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
