package dev.birdconnect.source.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;

/**
 * The schemas against their earlier versions, which are stored as a schema registry has them: what
 * was there is there as it was, and what is new may be missing.
 */
class SchemaEvolutionTest {

  static final Path EARLIER = Path.of("src", "test", "resources", "schemas");

  private static JsonNode earlier(String name) throws IOException {
    return new ObjectMapper().readTree(EARLIER.resolve(name).toFile());
  }

  @Test
  void aVersionOnlyAddsWhatMayBeMissing() throws IOException {
    assertThat(broken(earlier("Message-1.avsc"), MessageSchema.VALUE, "")).isEmpty();
    assertThat(broken(earlier("MessageStatus-1.avsc"), StatusSchema.VALUE, "")).isEmpty();
  }

  @Test
  void whatBreaksConsumersIsFound() throws IOException {
    JsonNode known = earlier("MessageStatus-1.avsc");
    SchemaBuilder changed = SchemaBuilder.struct().name(StatusSchema.VALUE.name());
    StatusSchema.VALUE.fields().stream()
        .filter(field -> !field.name().equals("reason"))
        .forEach(
            field ->
                changed.field(
                    field.name(),
                    field.name().equals("sequence") ? Schema.INT64_SCHEMA : field.schema()));
    changed.field("added", Schema.STRING_SCHEMA);
    assertThat(broken(known, changed.build(), ""))
        .containsExactlyInAnyOrder(
            ".reason is gone", ".sequence was int", ".added has to be optional");
  }

  private static List<String> broken(JsonNode record, Schema schema, String path) {
    List<String> broken = new ArrayList<>();
    for (JsonNode field : record.path("fields")) {
      String at = path + "." + field.path("name").textValue();
      Field now = schema.field(field.path("name").textValue());
      if (now == null) {
        broken.add(at + " is gone");
      } else {
        broken.addAll(changed(field.path("type"), now.schema(), at));
      }
    }
    for (Field field : schema.fields()) {
      if (!isIn(record, field.name()) && !field.schema().isOptional()) {
        broken.add(path + "." + field.name() + " has to be optional");
      }
    }
    return broken;
  }

  private static boolean isIn(JsonNode record, String name) {
    for (JsonNode field : record.path("fields")) {
      if (field.path("name").textValue().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> changed(JsonNode type, Schema schema, String path) {
    boolean wasOptional = type.isArray();
    JsonNode form = wasOptional ? type.get(1) : type;
    if (wasOptional != schema.isOptional()) {
      return List.of(path + " was " + (wasOptional ? "optional" : "required"));
    }
    String name = form.isTextual() ? form.textValue() : form.path("type").textValue();
    return switch (name) {
      case "string", "boolean", "int", "long", "double" ->
          name.equals(avro(schema)) ? List.of() : List.of(path + " was " + name);
      case "array" ->
          schema.type() == Schema.Type.ARRAY
              ? changed(form.path("items"), schema.valueSchema(), path)
              : List.of(path + " was a list");
      case "record" ->
          schema.type() == Schema.Type.STRUCT
              ? broken(form, schema, path)
              : List.of(path + " was a record");
      default ->
          // The name of a record that is written out where it comes first.
          schema.type() == Schema.Type.STRUCT && schema.name().endsWith(name)
              ? List.of()
              : List.of(path + " was a record");
    };
  }

  private static String avro(Schema schema) {
    return switch (schema.type()) {
      case INT32 -> "int";
      case INT64 -> "long";
      case FLOAT64 -> "double";
      default -> schema.type().getName();
    };
  }
}
