package dev.birdconnect.simulator.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers: at once, later, or as a cut connection. */
final class Deliveries implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  private final Delays delays;
  private final Executor writers;
  private final DateHeader date;
  private final Traffic traffic;
  private final Set<Context> waiting = ConcurrentHashMap.newKeySet();

  Deliveries(Delays delays, Executor writers, DateHeader date, Traffic traffic) {
    this.delays = delays;
    this.writers = writers;
    this.date = date;
    this.traffic = traffic;
  }

  /** Meets the request as the reaction says; counts it as answered when it is. */
  void deliver(Context request, Reaction reaction) {
    if (reaction.latency().isZero() && reaction.ending() != Reaction.Ending.NEVER) {
      finish(request, reaction);
      return;
    }
    waiting.add(request);
    CompletableFuture<Void> moment =
        reaction.ending() == Reaction.Ending.NEVER
            ? new CompletableFuture<>()
            : delays.after(reaction.latency());
    request.future(() -> moment.thenRunAsync(() -> finish(request, reaction), writers));
  }

  /** Ends the connections of all requests that wait; nothing is answered on them. */
  @Override
  public void close() {
    delays.close();
    for (Context request : waiting) {
      try {
        Connections.reset(request.req());
      } catch (IOException e) {
        LOG.debug("A connection was gone before it was reset: {}", e.getClass().getName());
      }
    }
    waiting.clear();
  }

  private void finish(Context request, Reaction reaction) {
    waiting.remove(request);
    traffic.end();
    String method = request.req().getMethod();
    try {
      switch (reaction.ending()) {
        case ANSWERED -> {
          traffic.count(method, reaction.answer().status());
          write(request, reaction.answer());
        }
        case CUT -> {
          traffic.count(method, 0);
          cut(request, reaction.answer());
        }
        case RESET -> {
          traffic.count(method, 0);
          Connections.reset(request.req());
        }
        case NEVER -> throw new IllegalStateException("What never ends cannot be finished.");
      }
    } catch (IOException e) {
      LOG.debug("A client was gone before its answer was written: {}", e.getClass().getName());
    }
  }

  /** Writes the first half of an answer and resets the connection. */
  private void cut(Context request, Answer answer) throws IOException {
    writeHead(request, answer);
    byte[] body = answer.body();
    request.res().getOutputStream().write(body, 0, body.length / 2);
    request.res().flushBuffer();
    Connections.reset(request.req());
  }

  /** Writes an answer now. */
  void write(Context request, Answer answer) throws IOException {
    writeHead(request, answer);
    request.res().getOutputStream().write(answer.body());
  }

  private void writeHead(Context request, Answer answer) {
    var response = request.res();
    response.setStatus(answer.status());
    response.setHeader("Date", date.now());
    answer.headers().forEach(response::setHeader);
    response.setContentType(answer.contentType());
    response.setContentLength(answer.body().length);
  }
}
