package dev.birdconnect.source.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects into structs of one schema. It goes through the fields that an object has, not
 * through those that it may have: few of the many that the API documents come with a message.
 */
final class StructReader {

  /** Reads a value; null where it is of another kind than documented. */
  interface Reader extends Function<JsonNode, @Nullable Object> {}

  /** A field of the struct, and how it is read from a field of the object. */
  private record Place(Field field, Reader reader) {}

  private final Schema schema;
  private final Map<String, List<Place>> places;
  private final @Nullable Field others;

  private StructReader(Builder builder) {
    schema = builder.schema;
    places = Map.copyOf(builder.places);
    others = builder.others;
  }

  /** Begins a reader. */
  static Builder of(Schema schema) {
    return new Builder(schema);
  }

  /** Says which field of an object becomes which one of the struct. */
  static final class Builder {
    private final Schema schema;
    private final Map<String, List<Place>> places = new HashMap<>();
    private @Nullable Field others;

    private Builder(Schema schema) {
      this.schema = schema;
    }

    /** A field with the same name on both sides. */
    Builder field(String name, Reader reader) {
      return field(name, name, reader);
    }

    /** A field of the object, and the struct's field for it; one may have several. */
    Builder field(String name, String inStruct, Reader reader) {
      place(name).add(new Place(schema.field(inStruct), reader));
      return this;
    }

    /** Texts with the same name on both sides. */
    Builder texts(String... names) {
      for (String name : names) {
        field(name, Json::text);
      }
      return this;
    }

    /** Fields of the object that are read elsewhere. */
    Builder known(String... names) {
      for (String name : names) {
        var unused = place(name);
      }
      return this;
    }

    private List<Place> place(String name) {
      return places.computeIfAbsent(name, absent -> new ArrayList<>());
    }

    /** The struct's field for all fields that were not named, as JSON text. */
    Builder others(String inStruct) {
      others = schema.field(inStruct);
      return this;
    }

    StructReader build() {
      return new StructReader(this);
    }
  }

  /** The names of the object's fields that have a place of their own. */
  Set<String> names() {
    return places.keySet();
  }

  /** The struct of an object; null where there is none. */
  @Nullable Struct read(JsonNode object) {
    if (!object.isObject()) {
      return null;
    }
    Struct struct = new Struct(schema);
    readInto(struct, object);
    return struct;
  }

  /** Puts what an object has into a struct. */
  void readInto(Struct struct, JsonNode object) {
    ObjectNode unnamed = null;
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      List<Place> found = places.get(field.getKey());
      if (found != null) {
        for (Place place : found) {
          Object value = place.reader().apply(field.getValue());
          if (value != null) {
            struct.put(place.field(), value);
          }
        }
      } else if (others != null) {
        unnamed = unnamed == null ? JsonNodeFactory.instance.objectNode() : unnamed;
        unnamed.set(field.getKey(), field.getValue());
      }
    }
    if (others != null && unnamed != null) {
      struct.put(others, unnamed.toString());
    }
  }
}
