package dev.birdconnect.simulator.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers: at once, later, or as a cut connection. */
final class Deliveries {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  private final Delays delays;
  private final Executor writers;
  private final DateHeader date;
  private final Traffic traffic;

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
    CompletableFuture<Void> moment =
        reaction.ending() == Reaction.Ending.NEVER
            ? delays.never()
            : delays.after(reaction.latency());
    request.future(() -> moment.thenRunAsync(() -> finish(request, reaction), writers));
  }

  private void finish(Context request, Reaction reaction) {
    traffic.end();
    try {
      if (reaction.ending() == Reaction.Ending.ANSWERED) {
        traffic.count(request.req().getMethod(), reaction.answer().status());
        write(request, reaction.answer());
      } else {
        traffic.count(request.req().getMethod(), 0);
        if (reaction.ending() == Reaction.Ending.CUT) {
          cut(request, reaction.answer());
        } else {
          Connections.reset(request.req());
        }
      }
    } catch (IOException e) {
      LOG.debug("A client was gone before its answer was written: {}", e.getClass().getName());
    }
  }

  /** Writes the beginning of an answer and ends the connection. */
  private void cut(Context request, Answer answer) throws IOException {
    writeHead(request, answer);
    var out = request.res().getOutputStream();
    out.write(answer.body(), 0, 1);
    out.flush();
    Connections.end(request.req());
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
