package dev.birdconnect.client.http;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okio.ByteString;

/** A server that reads a request to its end, writes whatever bytes a test wants, and hangs up. */
public final class RawServer implements Closeable {

  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

  /** How a connection ends after the bytes. */
  public enum End {
    CLOSED,
    RESET,
    /** Not by the server. */
    HELD
  }

  /** What a request is answered with. */
  public record Script(ByteString bytes, End end) {}

  private final SocketServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Script script = new Script(ByteString.EMPTY, End.CLOSED);

  public RawServer() throws IOException {
    server =
        new SocketServer(
            "raw-server", new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), this::serve);
  }

  public int port() {
    return server.port();
  }

  public void answerWith(Script next) {
    script = next;
  }

  /** How many requests have come to their end. */
  public int requests() {
    return requests.get();
  }

  private void serve(Socket client) throws IOException {
    InputStream in = new BufferedInputStream(client.getInputStream());
    String head = head(in);
    Matcher length = LENGTH.matcher(head);
    in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
    requests.incrementAndGet();
    Script answer = script;
    answer.bytes().write(client.getOutputStream());
    client.getOutputStream().flush();
    switch (answer.end()) {
      case CLOSED -> client.shutdownOutput();
      case RESET -> client.setSoLinger(true, 0);
      case HELD -> {
        while (in.read() >= 0) {}
      }
    }
  }

  /** First line and headers of a request, with the empty line after them. */
  static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed before the end of the head");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
