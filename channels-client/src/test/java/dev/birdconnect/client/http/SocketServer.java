package dev.birdconnect.client.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives every connection of a server a thread, and ends all of them when it is closed. */
public final class SocketServer implements Closeable {

  /** Something that ends when its socket is closed. */
  public interface Work {
    void run() throws IOException;
  }

  /** Serves a connection. */
  public interface Handler {
    void serve(Socket client) throws IOException;
  }

  private final String name;
  private final ServerSocket socket;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();

  public SocketServer(String name, ServerSocket socket, Handler handler) {
    this.name = name;
    this.socket = socket;
    thread(
        () -> {
          while (true) {
            Socket client = socket.accept();
            accepted.incrementAndGet();
            thread(() -> serve(client, handler));
          }
        });
  }

  private void serve(Socket client, Handler handler) throws IOException {
    own(client);
    try (client) {
      handler.serve(client);
    } finally {
      sockets.remove(client);
    }
  }

  /** Runs {@code work} on a thread of its own. */
  void thread(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                Thread.currentThread().interrupt();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Closes this socket too when the server is closed. */
  void own(Socket one) throws IOException {
    sockets.add(one);
    if (socket.isClosed()) {
      one.close();
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** How many connections were accepted. */
  public int accepted() {
    return accepted.get();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket one : sockets) {
      one.close();
    }
  }
}
