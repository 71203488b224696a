package dev.birdconnect.sink.config;

import dev.birdconnect.common.config.Choices;
import dev.birdconnect.common.config.Validators;
import dev.birdconnect.sink.template.MessageTemplate;
import dev.birdconnect.sink.template.TemplateException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The settings that say how a record becomes a request. */
public final class MessageConfig {

  public static final String FORMAT = "message.format";
  public static final String TEMPLATE = "message.template";

  private static final String MESSAGES = "Messages";

  private final AbstractConfig config;

  /**
   * @param config a configuration whose definition holds {@link #define}
   */
  public MessageConfig(AbstractConfig config) {
    this.config = config;
  }

  static void define(ConfigDef definition) {
    definition.define(
        FORMAT,
        ConfigDef.Type.STRING,
        MessageFormat.REQUEST.name().toLowerCase(Locale.ROOT),
        Validators.oneOf(MessageFormat.class),
        ConfigDef.Importance.MEDIUM,
        "How a record becomes a message. request: the value (struct, map or JSON text) is the body of"
            + " the API's request for sending a message. template: message.template is filled with"
            + " fields of the record.",
        MESSAGES,
        1,
        ConfigDef.Width.SHORT,
        "Message format",
        List.of(),
        Choices.of(MessageFormat.class));
    definition.define(
        TEMPLATE,
        ConfigDef.Type.STRING,
        "",
        new TemplateValidator(),
        ConfigDef.Importance.HIGH,
        "The request as a JSON document with placeholders, for message.format=template:"
            + " ${value.customer.phone}, ${key.id}, ${header.lang:-en} with a default,"
            + " ${value.tag?} for a member or element that is left out where the field is missing."
            + " See docs/mapping.md.",
        MESSAGES,
        2,
        ConfigDef.Width.LONG,
        "Message template");
  }

  /** How a record becomes a message. */
  public MessageFormat format() {
    return Validators.parse(MessageFormat.class, config.getString(FORMAT));
  }

  /** The template; empty where none is set. */
  public Optional<MessageTemplate> template() {
    String json = config.getString(TEMPLATE);
    if (json.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(MessageTemplate.parse(json));
    } catch (TemplateException e) {
      throw new IllegalStateException("The setting has been checked.", e);
    }
  }

  /** What these settings say against each other: the setting at fault and a sentence. */
  Map<String, String> problems(ReferenceFrom references) {
    Map<String, String> problems = new LinkedHashMap<>();
    Optional<MessageTemplate> template = template();
    new Arguments(FORMAT, config.getString(FORMAT), problems)
        .check(TEMPLATE, "template", format() == MessageFormat.TEMPLATE, template.isEmpty());
    if (problems.isEmpty() && template.isPresent()) {
      boolean labelled = template.get().labelled();
      if (labelled && references != ReferenceFrom.REQUEST) {
        problems.put(
            TEMPLATE,
            "The template has the field reference, but the reference is made by the connector."
                + " Set "
                + ReferenceConfig.FROM
                + "=request, or remove the field.");
      } else if (!labelled && references == ReferenceFrom.REQUEST) {
        problems.put(
            TEMPLATE,
            "The template has no field reference, although "
                + ReferenceConfig.FROM
                + "=request takes the reference from it. Add the field.");
      }
    }
    return problems;
  }

  private static final class TemplateValidator implements ConfigDef.Validator {

    @Override
    public void ensureValid(String name, @Nullable Object value) {
      if (value instanceof String json && !json.isBlank()) {
        try {
          MessageTemplate.parse(json);
        } catch (TemplateException e) {
          throw (ConfigException) new ConfigException(e.sentence()).initCause(e);
        }
      }
    }

    @Override
    public String toString() {
      return "a send request in JSON with placeholders; empty for none";
    }
  }
}
