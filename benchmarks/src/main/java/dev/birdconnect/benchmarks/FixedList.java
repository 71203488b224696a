package dev.birdconnect.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A server with one channel whose list never changes, so that it is never what is measured: the
 * pages that were asked for first are kept, and only sent when they are asked for again. {@code GET
 * /count} tells how many messages it has handed out. A program of its own: its arguments are the
 * messages, their status and the milliseconds that every answer waits; when it listens it prints
 * its address.
 */
public final class FixedList extends Handler.Abstract.NonBlocking {

  private static final String ONE_MESSAGE = "/messages/";
  private static final int USUAL_LIMIT = 25;

  /** Pages of a list of 200,000 messages, read in both directions, in less than half a gigabyte. */
  private static final int MOST_KEPT_MESSAGES = 400_000;

  private record Asked(int limit, String token, boolean upwards) {}

  private final int latencyMillis;
  private final MessageHistory history;
  private final AtomicInteger handedOut = new AtomicInteger();
  private final Map<Asked, MessageHistory.Page> kept = new ConcurrentHashMap<>();
  private final AtomicInteger keptMessages = new AtomicInteger();
  private final ScheduledThreadPoolExecutor later =
      new ScheduledThreadPoolExecutor(1, action -> new Thread(action, "fixed-list-later"));

  private FixedList(MessageHistory history, int latencyMillis) {
    this.history = history;
    this.latencyMillis = latencyMillis;
  }

  /** Runs it until the process is ended. */
  public static void main(String[] arguments) throws Exception {
    MessageHistory history =
        new MessageHistory(Integer.parseInt(arguments[0]), arguments[1], Instant.now());
    Server server = new Server(new QueuedThreadPool(16));
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    connector.setIdleTimeout(TimeUnit.HOURS.toMillis(1));
    server.addConnector(connector);
    server.setHandler(new FixedList(history, Integer.parseInt(arguments[2])));
    server.start();
    System.out.println(
        "The fixed list listens on http://127.0.0.1:" + connector.getLocalPort() + " .");
    server.join();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.DATE, DateGenerator.formatDate(Instant.now()));
    String path = Request.getPathInContext(request);
    int one = path.indexOf(ONE_MESSAGE);
    if (path.equals("/count")) {
      response.write(
          true, ByteBuffer.wrap(handedOut.toString().getBytes(StandardCharsets.UTF_8)), callback);
    } else if (one >= 0) {
      String id = path.substring(one + ONE_MESSAGE.length());
      inTime(() -> answer(history.message(id), response, callback));
    } else {
      Fields query = Request.extractQueryParameters(request);
      String limit = query.getValue("limit");
      String token = query.getValue("pageToken");
      MessageHistory.Page page =
          page(
              new Asked(
                  limit == null ? USUAL_LIMIT : Integer.parseInt(limit),
                  token == null ? "" : token,
                  "true".equals(query.getValue("reverse"))));
      inTime(() -> answer(page, response, callback));
    }
    return true;
  }

  private MessageHistory.Page page(Asked asked) {
    MessageHistory.Page page = kept.get(asked);
    if (page == null) {
      page = history.page(asked.limit(), asked.token(), asked.upwards());
      if (keptMessages.addAndGet(page.messages()) <= MOST_KEPT_MESSAGES) {
        kept.put(asked, page);
      }
    }
    return page;
  }

  private void inTime(Runnable answer) {
    if (latencyMillis == 0) {
      answer.run();
    } else {
      var unused = later.schedule(answer, latencyMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void answer(MessageHistory.Page page, Response response, Callback callback) {
    handedOut.addAndGet(page.messages());
    response.write(true, page.json().duplicate(), callback);
  }
}
