package dev.birdconnect.client.http;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import okhttp3.tls.HandshakeCertificates;
import okio.Buffer;

/** A server of HTTP/2 that writes the frames a test wants (RFC 9113). */
final class FrameServer implements Closeable {

  private static final int PREFACE = 24;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int GOAWAY = 7;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int ACKNOWLEDGED = 1;
  private static final int END_OF_HEADERS_AND_STREAM = 5;
  private static final int MAX_CONCURRENT_STREAMS = 3;
  private static final byte STATUS_200 = (byte) 0x88;

  /** What a test does when a request's headers have come. */
  interface Reaction {
    void headers(Connection connection, int stream) throws IOException;
  }

  private final SocketServer server;
  private final Reaction reaction;

  FrameServer(HandshakeCertificates certificates, int maxStreams, Reaction reaction)
      throws IOException {
    this.reaction = reaction;
    this.server =
        new SocketServer(
            "frame-server",
            certificates.sslContext().getServerSocketFactory().createServerSocket(0),
            client -> new Connection((SSLSocket) client, maxStreams).serve());
  }

  int port() {
    return server.port();
  }

  int connections() {
    return server.accepted();
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
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = in.readNBytes(length);
        if (type == HEADERS) {
          reaction.headers(this, stream);
        } else if (type == PING && flags == 0) {
          frame(PING, ACKNOWLEDGED, 0, payload);
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

    private void frame(int type, int flags, int stream, int... payload) throws IOException {
      byte[] bytes = new byte[payload.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) payload[i];
      }
      frame(type, flags, stream, bytes);
    }

    synchronized void frame(int type, int flags, int stream, byte[] payload) throws IOException {
      Buffer frame = new Buffer();
      frame.writeByte(payload.length >> 16).writeShort(payload.length);
      frame.writeByte(type).writeByte(flags).writeInt(stream).write(payload);
      frame.copyTo(client.getOutputStream());
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
