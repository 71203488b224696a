package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Complaints;
import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.contract.MalformedJsonException;
import dev.birdconnect.simulator.contract.OperationContract;
import dev.birdconnect.simulator.fault.ApiCall;
import dev.birdconnect.simulator.fault.Fault;
import dev.birdconnect.simulator.fault.Faults;
import dev.birdconnect.simulator.fault.RequestFacts;
import dev.birdconnect.simulator.fault.RetryAfter;
import dev.birdconnect.simulator.fault.Verdict;
import dev.birdconnect.simulator.store.Accounts;
import dev.birdconnect.simulator.store.Workspace;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.SwitchValues;
import dev.birdconnect.simulator.switches.Switches;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
  private static final int KB_OF_1024 = 204_800;
  private static final int KB_OF_1000 = 200_000;

  /** Both operations that make messages. */
  private static final int SERVER_ERROR = 500;

  private static final String SENDS = "createChannelMessage";

  private static final long LARGEST_DROPPED = 64L * 1024 * 1024;
  private static final String SCHEME = "accesskey ";
  private static final String BEARER = "bearer ";

  private final Accounts accounts;
  private final RateLimits rates;
  private final Faults faults;
  private final FaultPlay play;
  private final Switches switches;
  private final Contracts contracts;

  ApiGateway(
      Accounts accounts,
      RateLimits rates,
      Faults faults,
      Clock clock,
      Switches switches,
      Contracts contracts) {
    this.accounts = accounts;
    this.rates = rates;
    this.faults = faults;
    this.play = new FaultPlay(clock);
    this.switches = switches;
    this.contracts = contracts;
  }

  /** Meets a request for an operation of the document. */
  Reaction react(Context request, String operationId, Operation operation) throws IOException {
    SwitchValues values = switches.values();
    OperationContract contract = contracts.under(values).operation(operationId);
    try {
      return reactOrRefuse(request, contract, operation, values).dressed(values);
    } catch (RefusedException refused) {
      return Reaction.at(Duration.ZERO, refused.answer()).dressed(values);
    }
  }

  private Reaction reactOrRefuse(
      Context request, OperationContract contract, Operation operation, SwitchValues values)
      throws IOException, RefusedException {
    String method = request.req().getMethod();
    Map<String, String> path = request.pathParamMap();
    boolean takesBody = method.equals("POST");
    int largest = values.has(Choice.LARGEST_200000) ? KB_OF_1000 : KB_OF_1024;
    byte[] bytes = takesBody ? body(request, largest) : new byte[0];
    String key = accessKey(request.header("Authorization"), values);
    Optional<Workspace> workspace =
        uuid(path.getOrDefault("workspaceId", "")).flatMap(accounts::workspace);
    boolean foreign = workspace.isPresent() && !workspace.get().opensWith(key);
    if (workspace.isPresent() && !foreign && !rates.allow(workspace.get().id(), method)) {
      throw new RefusedException(tooManyRequests(values));
    }
    if (bytes.length > largest) {
      throw new RefusedException(Errors.of(413, "The body is larger than 200 KB"));
    }
    if (foreign) {
      throw new RefusedException(
          values.has(Choice.FOREIGN_404)
              ? Errors.notFound("workspace")
              : Errors.of(403, "The access key has no right to this workspace"));
    }
    checkPath(contract, path, values);
    Optional<JsonNode> json =
        takesBody ? Optional.of(json(request, bytes, values)) : Optional.empty();
    Verdict decided = faults.decide(facts(request, path, contract, json));
    Verdict verdict = contract.operationId().startsWith(SENDS) ? failing(decided, values) : decided;
    return play.play(
        verdict,
        () ->
            operation.answer(
                new Call(
                    contract,
                    values,
                    workspace.orElseThrow(() -> new RefusedException(Errors.notFound("workspace"))),
                    path,
                    query(request),
                    json,
                    Optional.ofNullable(request.header("Idempotency-Key")),
                    base(request.req()),
                    verdict.hiding())));
  }

  /** What a server error on a send leaves behind (assumption 30). */
  private static Verdict failing(Verdict verdict, SwitchValues values) {
    boolean plain =
        verdict.fault().isPresent()
            && verdict.fault().get() instanceof Fault.ErrorAnswer error
            && error.status() >= SERVER_ERROR
            && !error.done();
    if (!plain) {
      return verdict;
    }
    Fault.ErrorAnswer error = (Fault.ErrorAnswer) verdict.fault().get();
    Fault fault = error;
    if (values.has(Choice.FAILED_MAKES_ONE)) {
      fault = new Fault.ErrorAnswer(true, error.status(), error.body(), error.retryAfter());
    } else if (values.has(Choice.FAILED_IS_CUT_BEFORE)) {
      fault = new Fault.Reset(true);
    } else if (values.has(Choice.FAILED_IS_CUT_AFTER)) {
      fault = new Fault.ResetInAnswer();
    }
    return new Verdict(verdict.latency(), verdict.hiding(), Optional.of(fault));
  }

  private static RequestFacts facts(
      Context request,
      Map<String, String> path,
      OperationContract contract,
      Optional<JsonNode> json) {
    List<String> references = new ArrayList<>();
    json.ifPresent(
        body -> {
          addReference(body, references);
          body.path("messageRequests").forEach(send -> addReference(send, references));
        });
    String query = request.req().getQueryString();
    return new RequestFacts(
        request.req().getMethod(),
        query == null ? request.path() : request.path() + "?" + query,
        ApiCall.ofOperation(contract.operationId()),
        Optional.ofNullable(path.get("channelId")).flatMap(ApiGateway::uuid),
        references);
  }

  private static void addReference(JsonNode send, List<String> references) {
    JsonNode reference = send.path("reference");
    if (reference.isString()) {
      references.add(reference.asString());
    }
  }

  private Answer tooManyRequests(SwitchValues values) {
    Answer answer = Errors.of(429, "Too many requests in this workspace");
    if (values.has(Choice.RETRY_AFTER_SECONDS)) {
      return play.withRetryAfter(answer, new RetryAfter.Seconds(1));
    }
    return values.has(Choice.RETRY_AFTER_DATE)
        ? play.withRetryAfter(answer, new RetryAfter.Date(Duration.ofSeconds(1)))
        : answer;
  }

  private static void checkPath(
      OperationContract contract, Map<String, String> path, SwitchValues values)
      throws RefusedException {
    Complaints complaints = contract.checkPath(path);
    if (complaints.isEmpty()) {
      return;
    }
    if (values.has(Choice.PATH_IDS_404)) {
      throw new RefusedException(Errors.notFound("resource"));
    }
    throw new RefusedException(
        values.has(Choice.PATH_IDS_400)
            ? Errors.of(400, "An id in the path is no UUID")
            : Errors.invalidParameters(complaints));
  }

  private String accessKey(@org.jspecify.annotations.Nullable String header, SwitchValues values)
      throws RefusedException {
    String text = header == null ? "" : header;
    String lower = text.toLowerCase(Locale.ROOT);
    String key = "";
    if (lower.startsWith(SCHEME)) {
      key = text.substring(SCHEME.length()).trim();
    } else if (lower.startsWith(BEARER) && values.has(Choice.BEARER_ACCEPTED)) {
      key = text.substring(BEARER.length()).trim();
    }
    if (!accounts.knows(key)) {
      throw new RefusedException(Errors.of(401, "The access key is missing or not valid"));
    }
    return key;
  }

  /**
   * The body, or its first bytes when it is too large. What is left of it is read and dropped,
   * since a connection with unread bytes cannot carry the next request.
   */
  private static byte[] body(Context request, int largest) throws IOException {
    InputStream in = request.req().getInputStream();
    byte[] bytes = in.readNBytes(largest + 1);
    if (bytes.length > largest) {
      in.skip(LARGEST_DROPPED);
    }
    return bytes;
  }

  private static JsonNode json(Context request, byte[] bytes, SwitchValues values)
      throws RefusedException {
    String type = request.req().getContentType();
    if ((type == null || !type.toLowerCase(Locale.ROOT).startsWith(Answer.JSON))
        && !values.has(Choice.CONTENT_TYPE_IGNORED)) {
      throw new RefusedException(
          Errors.of(
              values.has(Choice.CONTENT_TYPE_415) ? 415 : 400,
              "The content type is not application/json"));
    }
    try {
      return Json.read(bytes);
    } catch (MalformedJsonException e) {
      throw new RefusedException(Errors.of(400, String.valueOf(e.getMessage())));
    }
  }

  /** Scheme, host and port by which the caller came, in the header or, in HTTP/2, beside it. */
  private static String base(HttpServletRequest request) {
    String url = request.getRequestURL().toString();
    return url.substring(0, url.length() - request.getRequestURI().length());
  }

  private static Map<String, String> query(Context request) {
    if (request.req().getQueryString() == null) {
      return Map.of();
    }
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
