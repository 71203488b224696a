package dev.birdconnect.benchmarks;

import dev.birdconnect.simulator.SimulatorSettings;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Loads over plain sockets, a thread for each connection. */
final class SocketLoad implements HttpLoad {
  private static final String LENGTH = "content-length:";

  @Override
  public double perSecond(String url, Target target, int seconds) throws Exception {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            target.connections(), task -> new Thread(task, "simulator-load"));
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      List<Future<Long>> running = new ArrayList<>();
      for (int i = 0; i < target.connections(); i++) {
        int number = i;
        running.add(threads.submit(() -> load(URI.create(url), target, number, end)));
      }
      long answers = 0;
      for (Future<Long> connection : running) {
        answers += connection.get();
      }
      return answers / (double) seconds;
    } finally {
      threads.shutdownNow();
    }
  }

  private static long load(URI url, Target target, int number, long end) throws IOException {
    long answers = 0;
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      while (System.nanoTime() < end) {
        socket.getOutputStream().write(request(target, number + "-" + answers));
        readAnswer(in);
        answers++;
      }
    }
    return answers;
  }

  private static byte[] request(Target target, String reference) {
    String body =
        target.method().equals("GET")
            ? ""
            : "{\"receiver\":{\"contacts\":[{\"identifierValue\":\"+31600000001\"}]},"
                + "\"body\":{\"type\":\"text\",\"text\":{\"text\":\""
                + "Your parcel leaves the depot today. ".repeat(5)
                + "\"}},\"reference\":\"load-"
                + reference
                + "\"}";
    return (target.method()
            + " "
            + target.path()
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: AccessKey "
            + SimulatorSettings.DEMO_ACCESS_KEY
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static void readAnswer(InputStream in) throws IOException {
    String status = line(in);
    if (!status.startsWith("HTTP/1.1 2")) {
      throw new IllegalStateException("The load failed: " + status);
    }
    long length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Long.parseLong(header.substring(LENGTH.length()).trim());
      }
    }
    in.skipNBytes(length);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("The connection ended in an answer.");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
