package dev.birdconnect.client.http;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;

/** A server of HTTP/2 that writes the frames a test wants (RFC 9113). */
final class FrameServer implements Closeable {

  private static final int PREFACE = 24;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int GOAWAY = 7;
  private static final int END_OF_HEADERS_AND_STREAM = 5;
  private static final int MAX_CONCURRENT_STREAMS = 3;
  private static final byte STATUS_200 = (byte) 0x88;

  /** What a test does when a request's headers have come. */
  interface Reaction {
    void headers(Connection connection, int stream) throws IOException;
  }

  private final SSLServerSocket socket;
  private final Reaction reaction;
  private final List<Connection> connections = new CopyOnWriteArrayList<>();

  FrameServer(HandshakeCertificates certificates, int maxStreams, Reaction reaction)
      throws IOException {
    this.socket =
        (SSLServerSocket) certificates.sslContext().getServerSocketFactory().createServerSocket(0);
    this.reaction = reaction;
    thread(
        () -> {
          while (true) {
            Connection connection = new Connection((SSLSocket) socket.accept(), maxStreams);
            connections.add(connection);
            thread(connection::serve);
          }
        });
  }

  /** Something that ends when its socket is closed. */
  private interface Work {
    void run() throws IOException;
  }

  private static void thread(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                Thread.currentThread().interrupt();
              }
            },
            "frame-server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  int connections() {
    return connections.size();
  }

  /** One connection of a client. */
  final class Connection {
    private final SSLSocket client;
    private final int maxStreams;

    private Connection(SSLSocket client, int maxStreams) {
      this.client = client;
      this.maxStreams = maxStreams;
    }

    private void serve() throws IOException {
      SSLParameters parameters = client.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      client.setSSLParameters(parameters);
      DataInputStream in = new DataInputStream(client.getInputStream());
      in.readFully(new byte[PREFACE]);
      frame(SETTINGS, 0, 0, 0, MAX_CONCURRENT_STREAMS, 0, 0, 0, maxStreams);
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        in.readUnsignedByte();
        int stream = in.readInt();
        in.readFully(new byte[length]);
        if (type == HEADERS) {
          reaction.headers(this, stream);
        }
      }
    }

    void answer(int stream) throws IOException {
      frame(HEADERS, END_OF_HEADERS_AND_STREAM, stream, STATUS_200);
    }

    void reset(int stream, int errorCode) throws IOException {
      frame(RST_STREAM, 0, stream, 0, 0, 0, errorCode);
    }

    void goAway(int lastStream) throws IOException {
      frame(GOAWAY, 0, 0, 0, 0, 0, lastStream, 0, 0, 0, 0);
    }

    void cut() throws IOException {
      client.close();
    }

    private synchronized void frame(int type, int flags, int stream, int... payload)
        throws IOException {
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      out.writeByte(0);
      out.writeShort(payload.length);
      out.writeByte(type);
      out.writeByte(flags);
      out.writeInt(stream);
      for (int one : payload) {
        out.writeByte(one);
      }
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Connection connection : connections) {
      connection.client.close();
    }
  }
}
