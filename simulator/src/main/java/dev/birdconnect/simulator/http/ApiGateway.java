package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Complaints;
import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.contract.MalformedJsonException;
import dev.birdconnect.simulator.contract.OperationContract;
import dev.birdconnect.simulator.fault.ApiCall;
import dev.birdconnect.simulator.fault.Faults;
import dev.birdconnect.simulator.fault.RequestFacts;
import dev.birdconnect.simulator.fault.Verdict;
import dev.birdconnect.simulator.store.Accounts;
import dev.birdconnect.simulator.store.Workspace;
import io.javalin.http.Context;
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
  /** Assumption 11: 200 KB are 204,800 bytes of the body as received. */
  static final int LARGEST_BODY = 204_800;

  private static final long LARGEST_DROPPED = 64L * 1024 * 1024;
  private static final String SCHEME = "accesskey ";

  private final Accounts accounts;
  private final RateLimits rates;
  private final Faults faults;
  private final FaultPlay play;

  ApiGateway(Accounts accounts, RateLimits rates, Faults faults, Clock clock) {
    this.accounts = accounts;
    this.rates = rates;
    this.faults = faults;
    this.play = new FaultPlay(clock);
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
    Verdict verdict = faults.decide(facts(request, path, contract, json));
    return play.play(
        verdict,
        () ->
            operation.answer(
                new Call(
                    workspace.orElseThrow(() -> new RefusedException(Errors.notFound("workspace"))),
                    path,
                    takesBody ? Map.of() : query(request),
                    json,
                    verdict.hiding())));
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
