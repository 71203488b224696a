package dev.birdconnect.simulator.contract;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.PathType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** An OpenAPI 3.0 document, compiled once, that judges requests and answers. */
public final class Contract {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");
  private static final String BASE = "https://contract.invalid/openapi";

  private final JsonNode document;
  private final SchemaRegistry registry;
  private final Map<String, OperationContract> operations = new HashMap<>();

  private Contract(JsonNode document) {
    this.document = document;
    this.registry =
        SchemaRegistry.withDefaultDialect(
            dialect(),
            builder ->
                builder
                    .schemas(Map.of(BASE, Json.mapper().writeValueAsString(document)))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .locale(Locale.ENGLISH)
                            .pathType(PathType.JSON_POINTER)
                            .build()));
    readOperations();
  }

  /** OpenAPI 3.0 with vendor extensions, which say nothing about validity. */
  private static Dialect dialect() {
    return Dialect.builder(Dialects.getOpenApi30())
        .format(new LocaleFormat())
        .unknownKeywordFactory(
            (name, context) -> {
              if (name.startsWith("x-")) {
                return new NonValidationKeyword(name);
              }
              throw new IllegalStateException("The document has an unknown keyword: " + name);
            })
        .build();
  }

  /** The document of the Channels API, {@code channels-openapi.yaml} of the resources. */
  public static Contract channelsApi() {
    return channelsApi(Reading.PLAIN);
  }

  /** The same, read in another way. */
  public static Contract channelsApi(Reading reading) {
    return new Contract(reading.applied(document("/channels-openapi.yaml")));
  }

  /** The document of the simulator's own control calls. */
  public static Contract controlApi() {
    return new Contract(document("/control-openapi.yaml"));
  }

  private static JsonNode document(String name) {
    try (InputStream in = Contract.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + name + " is missing from the simulator");
      }
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The operation with this {@code operationId}.
   *
   * @throws IllegalArgumentException when the document has none
   */
  public OperationContract operation(String operationId) {
    OperationContract operation = operations.get(operationId);
    if (operation == null) {
      throw new IllegalArgumentException("The document has no operation " + operationId);
    }
    return operation;
  }

  /** All operations. */
  public Collection<OperationContract> operations() {
    return Collections.unmodifiableCollection(operations.values());
  }

  /** Complaints about a value against a schema of the document's components. */
  public Complaints check(String schemaName, JsonNode value) {
    return ComplaintWriter.write(schema("#/components/schemas/" + schemaName).validate(value));
  }

  private void readOperations() {
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          if (METHODS.contains(method.getKey())) {
                            readOperation(path.getKey(), path.getValue(), method.getKey());
                          }
                        }));
  }

  private void readOperation(String path, JsonNode pathNode, String method) {
    String pathPointer = "#/paths/" + path.replace("~", "~0").replace("/", "~1");
    String pointer = pathPointer + "/" + method;
    JsonNode node = pathNode.path(method);
    List<OperationContract.Parameter> parameters = new ArrayList<>();
    readParameters(pathNode.path("parameters"), pathPointer, parameters);
    readParameters(node.path("parameters"), pointer, parameters);
    Optional<Schema> body =
        node.has("requestBody")
            ? Optional.of(schema(pointer + "/requestBody/content/application~1json/schema"))
            : Optional.empty();
    String operationId = node.path("operationId").asString();
    operations.put(
        operationId,
        new OperationContract(
            operationId, method.toUpperCase(Locale.ROOT), path, parameters, body));
  }

  private void readParameters(
      JsonNode nodes, String owner, List<OperationContract.Parameter> parameters) {
    for (int i = 0; i < nodes.size(); i++) {
      JsonNode node = nodes.get(i);
      String pointer = owner + "/parameters/" + i;
      if (node.has("$ref")) {
        pointer = node.path("$ref").asString();
        node = document.at(pointer.substring(1));
      }
      JsonNode schemaNode = node.path("schema");
      parameters.add(
          new OperationContract.Parameter(
              node.path("name").asString(),
              node.path("in").asString(),
              node.path("x-assumption").asInt(0),
              schemaNode.path("type").asString(""),
              schemaNode.has("default")
                  ? Optional.of(schemaNode.path("default"))
                  : Optional.empty(),
              schema(pointer + "/schema")));
    }
  }

  private Schema schema(String pointer) {
    return registry.getSchema(SchemaLocation.of(BASE + pointer));
  }
}
