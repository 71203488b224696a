package dev.birdconnect.simulator.conformance;

import dev.birdconnect.simulator.contract.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** An OpenAPI document as plain JSON with pointers. */
final class Document {
  /** A schema with the pointer to where it stands, references followed. */
  record Place(String pointer, JsonNode schema) {
    Place at(String suffix) {
      return new Place(pointer + suffix, schema.at(suffix));
    }
  }

  /** An operation of the document. */
  record Operation(String id, String method, String path, JsonNode node, List<Place> parameters) {
    String url(java.util.Map<String, String> values) {
      String url = path;
      for (var value : values.entrySet()) {
        url = url.replace("{" + value.getKey() + "}", value.getValue());
      }
      return url;
    }
  }

  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  private final JsonNode root;

  /** The document of the Channels API. */
  Document() {
    this(read("/channels-openapi.yaml"));
  }

  private Document(JsonNode root) {
    this.root = root;
  }

  /** The document of the control calls, with the other one, to which it refers, inside it. */
  static Document ofControl() {
    String control = read("/control-openapi.yaml").toString();
    String channels = read("/channels-openapi.yaml").toString();
    ObjectNode root =
        (ObjectNode)
            Json.mapper().readTree(control.replace("./channels-openapi.yaml#/", "#/x-channels/"));
    root.set("x-channels", Json.mapper().readTree(channels.replace("\"#/", "\"#/x-channels/")));
    return new Document(root);
  }

  private static JsonNode read(String resource) {
    try (InputStream in = Document.class.getResourceAsStream(resource)) {
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The schema at a pointer, references followed. */
  Place place(String pointer) {
    return followed(new Place(pointer, root.at(pointer)));
  }

  Place followed(Place place) {
    Place here = place;
    while (here.schema().has("$ref")) {
      String pointer = here.schema().path("$ref").asString().substring(1);
      here = new Place(pointer, root.at(pointer));
    }
    return here;
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          if (METHODS.contains(method.getKey())) {
                            operations.add(operation(path.getKey(), method.getKey()));
                          }
                        }));
    return operations;
  }

  private Operation operation(String path, String method) {
    String pathPointer = "/paths/" + path.replace("/", "~1");
    String pointer = pathPointer + "/" + method;
    JsonNode node = root.at(pointer);
    List<Place> parameters = new ArrayList<>();
    for (String owner : List.of(pathPointer, pointer)) {
      for (int i = 0; i < root.at(owner).path("parameters").size(); i++) {
        parameters.add(place(owner + "/parameters/" + i));
      }
    }
    return new Operation(
        node.path("operationId").asString(),
        method.toUpperCase(java.util.Locale.ROOT),
        path,
        node,
        parameters);
  }

  /** What an operation answers, by status. */
  Map<String, Place> answers(Operation operation) {
    Map<String, Place> answers = new TreeMap<>();
    String pointer = pointer(operation) + "/responses";
    for (String status : operation.node().path("responses").propertyNames()) {
      answers.put(status, place(pointer + "/" + status));
    }
    return answers;
  }

  /** The schema of an answer in this media type. */
  static Place schemaOf(Place answer, String mediaType) {
    return answer.at("/content/" + mediaType.replace("/", "~1") + "/schema");
  }

  /** The whole document. */
  JsonNode root() {
    return root;
  }

  private static String pointer(Operation operation) {
    return "/paths/"
        + operation.path().replace("/", "~1")
        + "/"
        + operation.method().toLowerCase(java.util.Locale.ROOT);
  }

  /** Pointer to the schema of an operation's body. */
  static String bodyPointer(Operation operation) {
    return pointer(operation) + "/requestBody/content/application~1json/schema";
  }
}
