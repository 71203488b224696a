package dev.birdconnect.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A server that takes every send and answers it after a fixed time, so that it is never what is
 * measured. Lists are empty; {@code GET /count} tells how many sends it has answered. A program of
 * its own: its argument is the milliseconds, and when it listens it prints its address.
 */
public final class FixedResponder extends Handler.Abstract.NonBlocking {

  private static final ByteBuffer MESSAGE =
      bytes(
          """
          {"id": "5d7d2f0e-9a3b-4f0b-8d0c-2b7c5a1e9f01",\
           "channelId": "c1a0f9f2-3b7d-4a51-9d57-0e6c2b8a4d11", "status": "accepted",\
           "createdAt": "2031-03-01T13:00:02.004Z", "lastStatusAt": "2031-03-01T13:00:02.004Z"}""");
  private static final ByteBuffer NO_MESSAGES = bytes("{\"results\": []}");

  private final int latencyMillis;
  private final AtomicInteger answered = new AtomicInteger();
  private final ScheduledThreadPoolExecutor later =
      new ScheduledThreadPoolExecutor(1, action -> new Thread(action, "fixed-responder-later"));

  private FixedResponder(int latencyMillis) {
    this.latencyMillis = latencyMillis;
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
  }

  /** Runs it until the process is ended. */
  public static void main(String[] arguments) throws Exception {
    Server server = new Server(new QueuedThreadPool(16));
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    connector.setIdleTimeout(TimeUnit.HOURS.toMillis(1));
    connector.setAcceptQueueSize(4096);
    server.addConnector(connector);
    server.setHandler(new FixedResponder(Integer.parseInt(arguments[0])));
    server.start();
    System.out.println(
        "The fixed responder listens on http://127.0.0.1:" + connector.getLocalPort() + " .");
    server.join();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    if (!request.getMethod().equals("POST")) {
      boolean count = Request.getPathInContext(request).equals("/count");
      response.write(true, count ? bytes(answered.toString()) : NO_MESSAGES.duplicate(), callback);
      return true;
    }
    Content.Source.consumeAll(
        request, Callback.from(() -> answerInTime(response, callback), callback::failed));
    return true;
  }

  private void answerInTime(Response response, Callback callback) {
    if (latencyMillis == 0) {
      answer(response, callback);
    } else {
      var unused =
          later.schedule(() -> answer(response, callback), latencyMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void answer(Response response, Callback callback) {
    answered.incrementAndGet();
    response.setStatus(202);
    response.write(true, MESSAGE.duplicate(), callback);
  }
}
