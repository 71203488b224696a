package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An answer to a request. Its text form shows the status only. */
final class Answer {
  static final String JSON = "application/json";

  private final int status;
  private final String contentType;
  private final Payload body;
  private final Map<String, String> headers;

  Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
    this(status, contentType, Payload.of(body), headers);
  }

  Answer(int status, String contentType, Payload body, Map<String, String> headers) {
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.headers = Map.copyOf(headers);
  }

  static Answer json(int status, byte[] body) {
    return new Answer(status, JSON, body, Map.of());
  }

  static Answer json(int status, JsonNode body) {
    return json(status, Json.mapper().writeValueAsBytes(body));
  }

  Answer withHeader(String name, String value) {
    return new Answer(status, contentType, body, Map.of(name, value));
  }

  int status() {
    return status;
  }

  String contentType() {
    return contentType;
  }

  Payload body() {
    return body;
  }

  Map<String, String> headers() {
    return headers;
  }

  @Override
  public String toString() {
    return "Answer[" + status + "]";
  }
}
