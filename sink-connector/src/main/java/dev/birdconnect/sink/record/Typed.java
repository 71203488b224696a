package dev.birdconnect.sink.record;

import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * A part of a record with its schema.
 *
 * @param value the part; null where there is none
 * @param schema its schema, where it has one
 */
record Typed(@Nullable Object value, @Nullable Schema schema) {

  static final Typed NOTHING = new Typed(null, null);

  /** Names that the converters for Avro, JSON schema and Protobuf give to sums of types. */
  private static final Pattern UNION =
      Pattern.compile(
          "(.*\\.)?io\\.confluent\\.connect\\.(avro\\.Union|json\\.OneOf|protobuf\\.Union(\\..*)?)");

  /**
   * Converters make of a value that is of one of several types a struct with a field for each type,
   * of which one is set. Of such a struct this is the field, of everything else the part itself.
   */
  Typed opened() {
    Typed open = this;
    for (int depth = 0; depth <= Place.DEEPEST; depth++) {
      if (!(open.value() instanceof Struct struct) || !isUnion(struct)) {
        return open;
      }
      open = chosen(struct);
    }
    return open;
  }

  private static boolean isUnion(Struct struct) {
    String name = struct.schema().name();
    return name != null && UNION.matcher(name).matches();
  }

  private static Typed chosen(Struct union) {
    for (Field field : union.schema().fields()) {
      Object value = union.getWithoutDefault(field.name());
      if (value != null) {
        return new Typed(value, field.schema());
      }
    }
    return NOTHING;
  }
}
