package dev.birdconnect.simulator.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers: at once, later, or as a cut connection. */
final class Deliveries implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  private final Delays delays;
  private final Executor writers;
  private final DateHeader date;
  private final Traffic traffic;
  private final Set<HeldRequest> waiting = ConcurrentHashMap.newKeySet();

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
    HeldRequest held = new HeldRequest(request.req(), this::givenUp);
    waiting.add(held);
    held.hold(request.req());
    CompletableFuture<Void> moment =
        reaction.ending() == Reaction.Ending.NEVER
            ? new CompletableFuture<>()
            : delays.after(reaction.latency());
    request.future(() -> moment.thenRunAsync(() -> finish(held, request, reaction), writers));
  }

  private void finish(HeldRequest held, Context request, Reaction reaction) {
    if (waiting.remove(held)) {
      finish(request, reaction);
    }
  }

  /** Also told of requests that were answered, and are no longer among those that wait. */
  private void givenUp(HeldRequest held) {
    if (waiting.remove(held)) {
      traffic.end();
      traffic.count(held.method(), 0);
    }
  }

  /** Ends the connections of all requests that wait; nothing is answered on them. */
  @Override
  public void close() {
    delays.close();
    List<HeldRequest> left = List.copyOf(waiting);
    waiting.clear();
    left.forEach(held -> reset(held.endPoint()));
  }

  private static void reset(EndPoint endPoint) {
    try {
      Connections.reset(endPoint);
    } catch (IOException e) {
      LOG.debug("A connection was gone before it was reset: {}", e.getClass().getName());
    }
  }

  private void finish(Context request, Reaction reaction) {
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
          Connections.reset(Connections.endPoint(request.req()));
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
    answer.body().write(request.res().getOutputStream(), answer.body().length() / 2);
    request.res().flushBuffer();
    Connections.reset(Connections.endPoint(request.req()));
  }

  /** Writes an answer now. */
  void write(Context request, Answer answer) throws IOException {
    writeHead(request, answer);
    answer.body().write(request.res().getOutputStream(), answer.body().length());
  }

  private void writeHead(Context request, Answer answer) {
    var response = request.res();
    response.setStatus(answer.status());
    response.setHeader("Date", date.now());
    answer.headers().forEach(response::setHeader);
    response.setContentType(answer.contentType());
    response.setContentLengthLong(answer.body().length());
  }
}
