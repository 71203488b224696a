package dev.birdconnect.source.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every field of the API's resources has a place of its own, of its own type. */
class EventContractTest {

  private static final Path CONTRACT =
      Path.of("..", "simulator", "src", "main", "resources", "channels-openapi.yaml");

  /** Sender and receiver are a connector or contacts; an incoming one's contact is the first. */
  private static final Map<String, String> NAMES = Map.of("contact", "contacts");

  /** What is open, or of many forms, is there as JSON text; a part of it may be typed as well. */
  private static final Set<String> AS_JSON =
      Set.of("meta", "body", "template", "annotations", "journey", "receiver");

  private static JsonNode contract;
  private final Set<String> compared = new TreeSet<>();

  @BeforeAll
  static void read() throws Exception {
    contract = new YAMLMapper().readTree(CONTRACT.toFile());
  }

  private static JsonNode resource(String name) {
    return contract.at("/components/schemas/" + name);
  }

  private static JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? contract.at(node.get("$ref").textValue().substring(1)) : node;
  }

  @Test
  void theMessagesFieldsAreAllThere() {
    assertThat(missing(resource("Message"), MessageSchema.VALUE, "")).isEmpty();
    assertThat(compared).hasSizeGreaterThan(55).contains(".failure.source.code", ".tags");
    Set<String> documented = names(resource("Message"));
    assertThat(documented)
        .hasSizeGreaterThan(25)
        .isEqualTo(new TreeSet<>(MessageValue.MESSAGE.names()));
  }

  @Test
  void theInteractionsFieldsAreAllThere() {
    assertThat(missing(resource("Interaction"), InteractionSchema.VALUE, "")).isEmpty();
    assertThat(compared).hasSizeGreaterThan(25).contains(".metadata.link.url", ".context.tags");
    assertThat(names(resource("Interaction")))
        .isEqualTo(new TreeSet<>(InteractionValue.INTERACTION.names()));
  }

  private static Set<String> names(JsonNode resource) {
    Set<String> names = new TreeSet<>();
    resource.path("properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private List<String> missing(JsonNode object, Schema schema, String path) {
    List<String> missing = new ArrayList<>();
    for (JsonNode variant : object.path("oneOf")) {
      missing.addAll(missing(resolved(variant), schema, path));
    }
    object
        .path("properties")
        .properties()
        .forEach(
            property ->
                missing.addAll(
                    missing(
                        property.getKey(),
                        resolved(property.getValue()),
                        schema,
                        path + "." + property.getKey())));
    return missing;
  }

  private List<String> missing(String name, JsonNode documented, Schema schema, String path) {
    compared.add(path);
    if (AS_JSON.contains(name) && !documented.has("oneOf")) {
      return isText(schema.field(name + "Json")) ? List.of() : List.of(path);
    }
    Optional<Schema> ours =
        Optional.ofNullable(schema.field(NAMES.getOrDefault(name, name))).map(Field::schema);
    if (ours.isEmpty()) {
      return List.of(path);
    }
    JsonNode form = documented;
    Schema type = ours.get();
    if (type.type() == Schema.Type.ARRAY) {
      type = type.valueSchema();
      form = form.has("items") ? resolved(form.get("items")) : form;
    }
    if (type.type() == Schema.Type.STRUCT) {
      return missing(form, type, path);
    }
    return fits(form, type) ? List.of() : List.of(path + " is " + type);
  }

  private static boolean isText(Field field) {
    return field != null && field.schema().type() == Schema.Type.STRING;
  }

  private static boolean fits(JsonNode form, Schema type) {
    boolean isTime = "date-time".equals(form.path("format").textValue());
    return switch (form.path("type").asText()) {
      case "string" ->
          isTime
              ? Timestamp.LOGICAL_NAME.equals(type.name())
              : type.type() == Schema.Type.STRING && type.name() == null;
      case "integer" -> type.type() == Schema.Type.INT64;
      case "number" -> type.type() == Schema.Type.FLOAT64;
      case "boolean" -> type.type() == Schema.Type.BOOLEAN;
      default -> false;
    };
  }
}
