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

  /** Puts what a value holds into a field of a struct, if it holds anything. */
  interface Filler {
    void fill(Struct struct, Field field, JsonNode value);
  }

  /** A field of the struct, and how it is filled from a field of the object. */
  private record Place(Field field, Filler filler) {}

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
      return filled(
          name,
          inStruct,
          (struct, field, value) -> {
            Object read = reader.apply(value);
            if (read != null) {
              struct.put(field, read);
            }
          });
    }

    /** An object with the same name on both sides. */
    Builder object(String name, StructReader reader) {
      return filled(name, reader::put);
    }

    /** A list of objects with the same name on both sides. */
    Builder objects(String name, StructReader reader) {
      return filled(name, reader::putAll);
    }

    /** A field with the same name on both sides. */
    Builder filled(String name, Filler filler) {
      return filled(name, name, filler);
    }

    private Builder filled(String name, String inStruct, Filler filler) {
      place(name).add(new Place(schema.field(inStruct), filler));
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

  /**
   * Puts the struct of an object into a field of another one. Kafka checks a struct with all that
   * it holds whenever it is put somewhere, so it is put there empty, and each value is checked
   * once.
   *
   * @return the struct; null where there is no object
   */
  @Nullable Struct put(Struct parent, Field field, JsonNode object) {
    if (!object.isObject()) {
      return null;
    }
    Struct struct = new Struct(schema);
    parent.put(field, struct);
    readInto(struct, object);
    return struct;
  }

  /** Puts the structs of the objects of a list into a field. */
  private void putAll(Struct parent, Field field, JsonNode objects) {
    if (objects.isArray()) {
      List<Struct> structs = new ArrayList<>(objects.size());
      parent.put(field, structs);
      for (JsonNode object : objects) {
        Struct struct = read(object);
        if (struct != null) {
          structs.add(struct);
        }
      }
    }
  }

  /** Puts what an object has into a struct. */
  void readInto(Struct struct, JsonNode object) {
    ObjectNode unnamed = null;
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      List<Place> found = places.get(field.getKey());
      if (found != null) {
        for (Place place : found) {
          place.filler().fill(struct, place.field(), field.getValue());
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
