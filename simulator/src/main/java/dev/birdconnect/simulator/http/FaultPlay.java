package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.fault.Fault;
import dev.birdconnect.simulator.fault.RetryAfter;
import dev.birdconnect.simulator.fault.Verdict;
import dev.birdconnect.simulator.http.Reaction.Ending;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;

/** Carries out a request, or not, and turns its answer into what its fault lets the client see. */
final class FaultPlay {
  private static final String HTML = "text/html;charset=utf-8";

  /** What the request asks for. */
  interface Work {
    Answer run() throws RefusedException;
  }

  private final Clock clock;

  FaultPlay(Clock clock) {
    this.clock = clock;
  }

  Reaction play(Verdict verdict, Work work) {
    if (verdict.fault().isEmpty()) {
      return reaction(verdict, answer(work), Ending.ANSWERED);
    }
    Fault fault = verdict.fault().get();
    if (fault instanceof Fault.ErrorAnswer error) {
      if (error.done()) {
        var unused = answer(work);
      }
      return reaction(verdict, injected(error), Ending.ANSWERED);
    }
    if (fault instanceof Fault.RateLimit limit) {
      Answer refusal = Errors.of(429, "Too many requests by the rate of a fault rule");
      return reaction(verdict, withRetryAfter(refusal, limit.retryAfter()), Ending.ANSWERED);
    }
    if (fault instanceof Fault.Reset reset) {
      return reaction(verdict, doneOrNot(reset.done(), work), Ending.RESET);
    }
    if (fault instanceof Fault.Hang hang) {
      return reaction(verdict, doneOrNot(hang.done(), work), Ending.NEVER);
    }
    if (fault instanceof Fault.SpoiltAnswer spoilt) {
      return reaction(verdict, spoil(answer(work), spoilt.how()), Ending.ANSWERED);
    }
    if (fault instanceof Fault.ResetInAnswer) {
      return reaction(verdict, answer(work), Ending.CUT);
    }
    throw new IllegalStateException("The fault " + fault + " cannot be played.");
  }

  private static Reaction reaction(Verdict verdict, Answer answer, Ending ending) {
    return new Reaction(answer, verdict.latency(), ending);
  }

  private static Answer doneOrNot(boolean done, Work work) {
    return done ? answer(work) : Errors.of(503, "Nothing was done");
  }

  private static Answer answer(Work work) {
    try {
      return work.run();
    } catch (RefusedException refused) {
      return refused.answer();
    }
  }

  private Answer injected(Fault.ErrorAnswer error) {
    Answer answer =
        switch (error.body()) {
          case JSON -> Errors.of(error.status(), "This error was asked for by a fault rule");
          case HTML -> new Answer(error.status(), HTML, page(error.status()), Map.of());
          case EMPTY -> new Answer(error.status(), Answer.JSON, new byte[0], Map.of());
        };
    return withRetryAfter(answer, error.retryAfter());
  }

  /** The answer with this header, where there is to be one. */
  Answer withRetryAfter(Answer answer, RetryAfter retryAfter) {
    if (retryAfter instanceof RetryAfter.Seconds seconds) {
      return answer.withHeader("Retry-After", Long.toString(seconds.seconds()));
    }
    if (retryAfter instanceof RetryAfter.Date date) {
      return answer.withHeader(
          "Retry-After", DateHeader.format(clock.instant().plus(date.ahead())));
    }
    return answer;
  }

  private static Answer spoil(Answer answer, Fault.Spoiling how) {
    byte[] body = answer.body().bytes();
    return switch (how) {
      case TRUNCATED_JSON ->
          new Answer(
              answer.status(),
              answer.contentType(),
              Arrays.copyOf(body, body.length / 2),
              answer.headers());
      case MALFORMED_JSON -> {
        byte[] malformed = body.clone();
        // The bracket that opens the document: no reader can take the rest for JSON.
        malformed[0] = '}';
        yield new Answer(answer.status(), answer.contentType(), malformed, answer.headers());
      }
      case WRONG_CONTENT_TYPE ->
          new Answer(answer.status(), "text/plain;charset=utf-8", body, answer.headers());
      case HTML_PAGE -> new Answer(answer.status(), HTML, page(answer.status()), Map.of());
    };
  }

  private static byte[] page(int status) {
    return ("<!doctype html><html><head><title>"
            + status
            + "</title></head><body><h1>"
            + status
            + "</h1><p>Answered by a gateway.</p></body></html>")
        .getBytes(StandardCharsets.UTF_8);
  }
}
