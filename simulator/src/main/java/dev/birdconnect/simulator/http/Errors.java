package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Complaints;
import dev.birdconnect.simulator.contract.Json;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Error answers in the documented shape: code, message and, for 422, details. */
final class Errors {
  private static final Map<Integer, String> CODES =
      Map.of(
          400, "BadRequest",
          401, "Unauthorized",
          403, "Forbidden",
          404, "NotFound",
          409, "Conflict",
          413, "PayloadTooLarge",
          429, "TooManyRequests");

  private Errors() {}

  /** An error without details; the code is that of assumption 9. */
  static Answer of(int status, String message) {
    return Answer.json(status, shape(code(status), message));
  }

  static Answer notFound(String what) {
    return of(404, "The requested " + what + " does not exist");
  }

  static Answer invalidBody(Complaints complaints) {
    return invalid("Some fields of the body are not well formed", complaints);
  }

  static Answer invalidParameters(Complaints complaints) {
    return invalid("Some parameters are not well formed", complaints);
  }

  private static Answer invalid(String message, Complaints complaints) {
    ObjectNode body = shape("InvalidPayload", message);
    ObjectNode details = body.putObject("details");
    complaints
        .byPath()
        .forEach(
            (path, texts) -> {
              ArrayNode list = details.putArray(path);
              texts.forEach(list::add);
            });
    return Answer.json(422, body);
  }

  private static String code(int status) {
    return CODES.getOrDefault(status, status >= 500 ? "InternalError" : "RequestError");
  }

  private static ObjectNode shape(String code, String message) {
    return Json.mapper().createObjectNode().put("code", code).put("message", message);
  }
}
