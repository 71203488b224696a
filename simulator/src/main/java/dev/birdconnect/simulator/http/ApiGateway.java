package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Complaints;
import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.contract.MalformedJsonException;
import dev.birdconnect.simulator.contract.OperationContract;
import dev.birdconnect.simulator.fault.FaultKind;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.fault.Faults;
import dev.birdconnect.simulator.fault.RequestFacts;
import dev.birdconnect.simulator.fault.RetryAfter;
import dev.birdconnect.simulator.fault.Verdict;
import dev.birdconnect.simulator.store.Accounts;
import dev.birdconnect.simulator.store.Workspace;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * What every request on the API passes, in the order of assumption 31: key, rate, size, rights,
 * path ids, JSON, injected faults, then the operation with channel, fields and rules.
 */
final class ApiGateway {
  /** Assumption 11: 200 KB are 204,800 bytes of the body as received. */
  static final int LARGEST_BODY = 204_800;

  private static final long LARGEST_DROPPED = 64L * 1024 * 1024;
  private static final String SCHEME = "accesskey ";

  private final Accounts accounts;
  private final RateLimits rates;
  private final Faults faults;
  private final Clock clock;

  ApiGateway(Accounts accounts, RateLimits rates, Faults faults, Clock clock) {
    this.accounts = accounts;
    this.rates = rates;
    this.faults = faults;
    this.clock = clock;
  }

  /** Meets a request for an operation of the document. */
  Reaction react(Context request, OperationContract contract, Operation operation)
      throws IOException {
    try {
      return reactOrRefuse(request, contract, operation);
    } catch (RefusedException refused) {
      return Reaction.at(Duration.ZERO, refused.answer());
    }
  }

  private Reaction reactOrRefuse(Context request, OperationContract contract, Operation operation)
      throws IOException, RefusedException {
    String method = request.req().getMethod();
    Map<String, String> path = request.pathParamMap();
    boolean takesBody = method.equals("POST");
    byte[] bytes = takesBody ? body(request) : new byte[0];
    String key = accessKey(request.header("Authorization"));
    Optional<Workspace> workspace =
        uuid(path.getOrDefault("workspaceId", "")).flatMap(accounts::workspace);
    boolean foreign = workspace.isPresent() && !workspace.get().opensWith(key);
    if (workspace.isPresent() && !foreign && !rates.allow(workspace.get().id(), method)) {
      throw new RefusedException(Errors.of(429, "Too many requests in this workspace"));
    }
    if (bytes.length > LARGEST_BODY) {
      throw new RefusedException(Errors.of(413, "The body is larger than 200 KB"));
    }
    if (foreign) {
      throw new RefusedException(Errors.of(403, "The access key has no right to this workspace"));
    }
    Complaints complaints = contract.checkPath(path);
    if (!complaints.isEmpty()) {
      throw new RefusedException(Errors.invalidParameters(complaints));
    }
    Optional<JsonNode> json = takesBody ? Optional.of(json(request, bytes)) : Optional.empty();
    RequestFacts facts =
        new RequestFacts(
            method,
            Optional.ofNullable(path.get("channelId")).flatMap(ApiGateway::uuid),
            json.map(j -> j.path("reference")).filter(JsonNode::isString).map(JsonNode::asString));
    Verdict verdict = faults.decide(facts);
    return carryOut(
        verdict,
        () ->
            operation.answer(
                new Call(
                    workspace.orElseThrow(() -> new RefusedException(Errors.notFound("workspace"))),
                    path,
                    takesBody ? Map.of() : query(request),
                    json,
                    verdict.listingDelay())));
  }

  private interface Work {
    Answer run() throws RefusedException;
  }

  private Reaction carryOut(Verdict verdict, Work work) {
    Duration latency = verdict.latency();
    Optional<FaultRule> fault = verdict.fault();
    if (fault.isEmpty()) {
      return Reaction.at(latency, answer(work));
    }
    FaultKind kind = fault.get().kind();
    Answer answer =
        switch (kind) {
          case DONE_THEN_ANSWER, DONE_THEN_RESET, DONE_THEN_HANG -> {
            Answer done = answer(work);
            yield kind == FaultKind.DONE_THEN_ANSWER ? injected(fault.get()) : done;
          }
          default -> injected(fault.get());
        };
    Reaction.Ending ending =
        switch (kind) {
          case RESET, DONE_THEN_RESET -> Reaction.Ending.RESET;
          case HANG, DONE_THEN_HANG -> Reaction.Ending.NEVER;
          default -> Reaction.Ending.ANSWERED;
        };
    return new Reaction(answer, latency, ending);
  }

  private static Answer answer(Work work) {
    try {
      return work.run();
    } catch (RefusedException refused) {
      return refused.answer();
    }
  }

  private Answer injected(FaultRule rule) {
    Answer answer = Errors.of(rule.status(), "This error was asked for by a fault rule");
    RetryAfter retryAfter = rule.retryAfter();
    if (retryAfter instanceof RetryAfter.Seconds seconds) {
      return answer.withHeader("Retry-After", Long.toString(seconds.seconds()));
    }
    if (retryAfter instanceof RetryAfter.Date date) {
      return answer.withHeader(
          "Retry-After", DateHeader.format(clock.instant().plus(date.ahead())));
    }
    return answer;
  }

  private String accessKey(@org.jspecify.annotations.Nullable String header)
      throws RefusedException {
    if (header == null
        || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
        || !accounts.knows(header.substring(SCHEME.length()).trim())) {
      throw new RefusedException(Errors.of(401, "The access key is missing or not valid"));
    }
    return header.substring(SCHEME.length()).trim();
  }

  /**
   * The body, or its first bytes when it is too large. What is left of it is read and dropped,
   * since a connection with unread bytes cannot carry the next request.
   */
  private static byte[] body(Context request) throws IOException {
    InputStream in = request.req().getInputStream();
    byte[] bytes = in.readNBytes(LARGEST_BODY + 1);
    if (bytes.length > LARGEST_BODY) {
      in.skip(LARGEST_DROPPED);
    }
    return bytes;
  }

  private static JsonNode json(Context request, byte[] bytes) throws RefusedException {
    String type = request.req().getContentType();
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(Answer.JSON)) {
      throw new RefusedException(Errors.of(400, "The content type is not application/json"));
    }
    try {
      return Json.read(bytes);
    } catch (MalformedJsonException e) {
      throw new RefusedException(Errors.of(400, String.valueOf(e.getMessage())));
    }
  }

  private static Map<String, String> query(Context request) {
    Map<String, String> first = new HashMap<>();
    request.queryParamMap().forEach((name, values) -> first.put(name, values.get(0)));
    return first;
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
