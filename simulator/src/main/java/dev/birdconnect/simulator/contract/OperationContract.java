package dev.birdconnect.simulator.contract;

import com.networknt.schema.Schema;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

/** The part of the OpenAPI document that judges requests of one operation. */
public final class OperationContract {
  /** A parameter in the path or the query. */
  record Parameter(
      String name,
      String in,
      int assumption,
      String type,
      Optional<JsonNode> defaultValue,
      Schema schema) {}

  private final String operationId;
  private final String method;
  private final String path;
  private final List<Parameter> parameters;
  private final Optional<Schema> body;

  OperationContract(
      String operationId,
      String method,
      String path,
      List<Parameter> parameters,
      Optional<Schema> body) {
    this.operationId = operationId;
    this.method = method;
    this.path = path;
    this.parameters = List.copyOf(parameters);
    this.body = body;
  }

  /** The document's {@code operationId}. */
  public String operationId() {
    return operationId;
  }

  /** HTTP method in capitals. */
  public String method() {
    return method;
  }

  /** The path with its parameters in braces. */
  public String path() {
    return path;
  }

  /** Complaints about the values in the path. */
  public Complaints checkPath(Map<String, String> values) {
    return check("path", values, Set.of());
  }

  /** Complaints about the values in the query; parameters that the document lacks are ignored. */
  public Complaints checkQuery(Map<String, String> values) {
    return checkQuery(values, Set.of());
  }

  /**
   * Complaints about the values in the query; parameters that the document lacks are ignored, and
   * so are those that it has by one of these assumptions of the reference.
   */
  public Complaints checkQuery(Map<String, String> values, Set<Integer> ignoredAssumptions) {
    return check("query", values, ignoredAssumptions);
  }

  /** Complaints about every parameter of the query that the document lacks or ignores. */
  public Complaints checkNames(Set<String> names, Set<Integer> ignoredAssumptions) {
    Complaints complaints = new Complaints();
    for (String name : names) {
      if (parameters.stream()
          .noneMatch(
              p ->
                  p.in().equals("query")
                      && p.name().equals(name)
                      && !ignoredAssumptions.contains(p.assumption()))) {
        complaints.add("." + name, "parameter is unsupported");
      }
    }
    return complaints;
  }

  /** Complaints about the body. */
  public Complaints checkBody(JsonNode document) {
    return body.map(schema -> ComplaintWriter.write(schema.validate(document)))
        .orElseGet(Complaints::new);
  }

  /** The document's default of a whole-number parameter. */
  public int defaultOf(String name) {
    return parameters.stream()
        .filter(p -> p.name().equals(name))
        .flatMap(p -> p.defaultValue().stream())
        .mapToInt(JsonNode::asInt)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(operationId + " has no default for " + name));
  }

  private Complaints check(String in, Map<String, String> values, Set<Integer> ignored) {
    Complaints complaints = new Complaints();
    for (Parameter parameter : parameters) {
      String value = values.get(parameter.name());
      if (parameter.in().equals(in) && value != null && !ignored.contains(parameter.assumption())) {
        ComplaintWriter.write(parameter.schema().validate(typed(parameter.type(), value)))
            .byPath()
            .values()
            .forEach(texts -> texts.forEach(text -> complaints.add("." + parameter.name(), text)));
      }
    }
    return complaints;
  }

  private static JsonNode typed(String type, String value) {
    if (type.equals("integer") && value.matches("[+-]?[0-9]{1,40}")) {
      BigInteger number = new BigInteger(value);
      return number.bitLength() < 32
          ? IntNode.valueOf(number.intValue())
          : BigIntegerNode.valueOf(number);
    }
    if (type.equals("boolean") && (value.equals("true") || value.equals("false"))) {
      return BooleanNode.valueOf(value.equals("true"));
    }
    return StringNode.valueOf(value);
  }
}
