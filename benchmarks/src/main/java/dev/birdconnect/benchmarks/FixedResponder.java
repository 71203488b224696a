package dev.birdconnect.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A server that takes every request and answers it after a fixed time, so that it is never what is
 * measured. A batch becomes messages when it is answered, and the list shows these; single sends
 * are not listed. {@code GET /count} tells how many sends it has answered, {@code DELETE /messages}
 * empties the list. A program of its own: its argument is the milliseconds, and when it listens it
 * prints its address.
 */
public final class FixedResponder extends Handler.Abstract.NonBlocking {

  private static final ByteBuffer MESSAGE =
      bytes(
          """
          {"id": "5d7d2f0e-9a3b-4f0b-8d0c-2b7c5a1e9f01",\
           "channelId": "c1a0f9f2-3b7d-4a51-9d57-0e6c2b8a4d11", "status": "accepted",\
           "createdAt": "2031-03-01T13:00:02.004Z", "lastStatusAt": "2031-03-01T13:00:02.004Z"}""");
  private static final ByteBuffer BATCH =
      bytes("{\"id\": \"3b1f6c2e-5a4d-4e7b-9c80-1d2e3f4a5b6c\"}");
  private static final int USUAL_LIMIT = 25;

  private final int latencyMillis;
  private final AtomicInteger answered = new AtomicInteger();
  private final MessageLog messages = new MessageLog();
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
    response.getHeaders().put(HttpHeader.DATE, DateGenerator.formatDate(Instant.now()));
    String path = Request.getPathInContext(request);
    switch (request.getMethod()) {
      case "POST" -> take(request, path.endsWith("/batch/messages"), response, callback);
      case "DELETE" -> {
        messages.forget();
        response.write(true, null, callback);
      }
      default -> {
        if (path.equals("/count")) {
          response.write(true, bytes(answered.toString()), callback);
        } else {
          list(request, response, callback);
        }
      }
    }
    return true;
  }

  private void list(Request request, Response response, Callback callback) {
    Fields query = Request.extractQueryParameters(request);
    String limit = query.getValue("limit");
    String token = query.getValue("pageToken");
    inTime(
        () -> {
          byte[] page =
              messages.page(
                  limit == null ? USUAL_LIMIT : Integer.parseInt(limit),
                  token == null ? "" : token);
          response.write(true, ByteBuffer.wrap(page), callback);
        });
  }

  private void take(Request request, boolean batch, Response response, Callback callback) {
    if (!batch) {
      Content.Source.consumeAll(
          request,
          Callback.from(
              () -> inTime(() -> answer(1, MESSAGE, response, callback)), callback::failed));
      return;
    }
    Content.Source.asByteBuffer(
        request,
        new Promise<>() {
          @Override
          public void succeeded(ByteBuffer body) {
            byte[] bytes = BufferUtil.toArray(body);
            inTime(() -> answer(messages.add(bytes), BATCH, response, callback));
          }

          @Override
          public void failed(Throwable failure) {
            callback.failed(failure);
          }
        });
  }

  private void inTime(Runnable answer) {
    if (latencyMillis == 0) {
      answer.run();
    } else {
      var unused = later.schedule(answer, latencyMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void answer(int sends, ByteBuffer body, Response response, Callback callback) {
    answered.addAndGet(sends);
    response.setStatus(202);
    response.write(true, body.duplicate(), callback);
  }
}
