package dev.birdconnect.sink.config;

import dev.birdconnect.common.config.Choices;
import dev.birdconnect.common.config.Validators;
import dev.birdconnect.sink.field.FieldPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The settings of the reference that a message carries. */
public final class ReferenceConfig {

  public static final String NAMESPACE = "reference.namespace";
  public static final String FROM = "reference.from";

  static final String NAMESPACE_FROM_NAME =
      "The connector's name is empty or has a colon, so it cannot be the namespace of references."
          + " Set "
          + NAMESPACE
          + " to a text without a colon.";

  private static final String FIELD = "reference.field";
  private static final String HEADER = "reference.header";
  private static final String REFERENCES = "References";

  private final AbstractConfig config;

  /**
   * @param config a configuration whose definition holds {@link #define}
   */
  public ReferenceConfig(AbstractConfig config) {
    this.config = config;
  }

  static void define(ConfigDef definition) {
    definition.define(
        NAMESPACE,
        ConfigDef.Type.STRING,
        "",
        Validators.text(
            text -> !text.contains(":"), "It has to be a text without a colon, or empty."),
        ConfigDef.Importance.MEDIUM,
        "First part of the coordinates that every message carries"
            + " (bk1:namespace:topic:partition:offset:guard); empty for the connector's name. It"
            + " keeps connectors apart that send through the same channel.",
        REFERENCES,
        1,
        ConfigDef.Width.MEDIUM,
        "Namespace of references");
    definition.define(
        FROM,
        ConfigDef.Type.STRING,
        ReferenceFrom.NONE.name().toLowerCase(Locale.ROOT),
        Validators.oneOf(ReferenceFrom.class),
        ConfigDef.Importance.MEDIUM,
        "Where the reference of a message comes from. none: it is the record's coordinates. key: the"
            + " record's key. field: the field that reference.field names. header: the header that"
            + " reference.header names. request: the field reference of the request or the"
            + " template. With all but none the coordinates go into meta.extraInformation under the"
            + " name kafkaRecord, by which messages are recognised after a crash. If the API does"
            + " not give it back in its lists, such messages are in doubt (doubt.policy).",
        REFERENCES,
        2,
        ConfigDef.Width.SHORT,
        "Source of references",
        List.of(),
        Choices.of(ReferenceFrom.class));
    definition.define(
        FIELD,
        ConfigDef.Type.STRING,
        "",
        new Paths(),
        ConfigDef.Importance.MEDIUM,
        "The field that holds the reference.",
        REFERENCES,
        3,
        ConfigDef.Width.MEDIUM,
        "Field of the reference");
    definition.define(
        HEADER,
        ConfigDef.Type.STRING,
        "",
        ConfigDef.Importance.MEDIUM,
        "Name of the header that holds the reference.",
        REFERENCES,
        4,
        ConfigDef.Width.MEDIUM,
        "Header of the reference");
  }

  /** Where the reference comes from. */
  public ReferenceFrom from() {
    return Validators.parse(ReferenceFrom.class, config.getString(FROM));
  }

  /** The field that holds the reference, where one does. */
  public Optional<FieldPath> path() {
    return switch (from()) {
      case NONE, REQUEST -> Optional.empty();
      case KEY -> Optional.of(FieldPath.key());
      case FIELD -> Optional.of(Paths.parse(config.getString(FIELD)));
      case HEADER -> Optional.of(FieldPath.header(config.getString(HEADER)));
    };
  }

  /** The namespace that is set; empty for the connector's name. */
  String namespace() {
    return config.getString(NAMESPACE);
  }

  /** What these settings say against each other: the setting at fault and a sentence. */
  Map<String, String> problems() {
    Map<String, String> problems = new LinkedHashMap<>();
    Arguments arguments = new Arguments(FROM, config.getString(FROM), problems);
    arguments.check(
        FIELD, "field", from() == ReferenceFrom.FIELD, config.getString(FIELD).isEmpty());
    arguments.check(
        HEADER, "header", from() == ReferenceFrom.HEADER, config.getString(HEADER).isEmpty());
    return problems;
  }
}
