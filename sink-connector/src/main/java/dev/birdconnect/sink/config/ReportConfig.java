package dev.birdconnect.sink.config;

import dev.birdconnect.common.config.Validators;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.StringConverter;

/** The settings of the topic that gets a report on every send. */
public final class ReportConfig {

  public static final String TOPIC = "report.topic";
  public static final String KEY_CONVERTER = "report.key.converter";
  public static final String VALUE_CONVERTER = "report.value.converter";

  /** Every setting below it goes to the producer of reports. */
  public static final String PRODUCER_PREFIX = "report.producer.";

  public static final String BOOTSTRAP_SERVERS =
      PRODUCER_PREFIX + ProducerConfig.BOOTSTRAP_SERVERS_CONFIG;

  private static final String GROUP = "Reports";
  private static final String JSON_CONVERTER = "org.apache.kafka.connect.json.JsonConverter";
  private static final String JSON_SCHEMAS = "schemas.enable";
  private static final String NO_SERVERS =
      "Reports are to be written (" + TOPIC + "), so it has to name the brokers of their topic.";
  private static final String NO_TOPIC =
      "There are settings below " + PRODUCER_PREFIX + ", so it has to name the topic of reports.";

  private final AbstractConfig config;

  private ReportConfig(AbstractConfig config) {
    this.config = config;
  }

  static void define(ConfigDef definition) {
    definition
        .define(
            TOPIC,
            ConfigDef.Type.STRING,
            "",
            Validators.text(
                text -> text.matches("[a-zA-Z0-9._-]{0,249}"),
                "It has to be the name of a topic, or empty."),
            ConfigDef.Importance.MEDIUM,
            "Topic that gets a report on every send once it has ended: the record's coordinates,"
                + " the message's id, the verdict, reason and times. A send counts as finished when"
                + " its report is written. Empty for no reports.",
            GROUP,
            1,
            ConfigDef.Width.MEDIUM,
            "Topic of reports")
        .define(
            BOOTSTRAP_SERVERS,
            ConfigDef.Type.LIST,
            "",
            Validators.list(
                ReportConfig::isBroker,
                "It has to be pairs host:port, separated by commas, such as broker-1:9092; or"
                    + " empty."),
            ConfigDef.Importance.MEDIUM,
            "Brokers that the reports' topic is on; needed with report.topic. Every other setting"
                + " below report.producer. goes to the producer as well, such as"
                + " report.producer.security.protocol. It is idempotent and waits for all replicas"
                + " unless these say otherwise.",
            GROUP,
            2,
            ConfigDef.Width.LONG,
            "Brokers of reports")
        .define(
            KEY_CONVERTER,
            ConfigDef.Type.CLASS,
            StringConverter.class,
            ConfigDef.Importance.LOW,
            "Converter of a report's key, which is the record's key. Settings below"
                + " report.key.converter. are its own. With the default one a key of bytes stays as"
                + " it is.",
            GROUP,
            3,
            ConfigDef.Width.LONG,
            "Converter of keys")
        .define(
            VALUE_CONVERTER,
            ConfigDef.Type.CLASS,
            JSON_CONVERTER,
            ConfigDef.Importance.LOW,
            "Converter of reports. Settings below report.value.converter. are its own. The default"
                + " one writes no schema unless report.value.converter.schemas.enable is true.",
            GROUP,
            4,
            ConfigDef.Width.LONG,
            "Converter of reports");
  }

  private static boolean isBroker(String address) {
    return Utils.getHost(address) != null && Utils.getPort(address) != null;
  }

  /** The settings that are defined. */
  static Set<String> names() {
    ConfigDef definition = new ConfigDef();
    define(definition);
    return definition.names();
  }

  /**
   * The settings, where reports are to be written.
   *
   * @throws ConfigException when the brokers are missing
   */
  static Optional<ReportConfig> of(AbstractConfig config) {
    if (config.getString(TOPIC).isEmpty()) {
      return Optional.empty();
    }
    if (config.getList(BOOTSTRAP_SERVERS).isEmpty()) {
      throw new ConfigException(BOOTSTRAP_SERVERS, "", NO_SERVERS);
    }
    return Optional.of(new ReportConfig(config));
  }

  /**
   * What is wrong with settings that are right by themselves, by the setting concerned.
   *
   * @param properties the configuration
   */
  static Map<String, String> complaints(Map<String, String> properties) {
    ConfigDef definition = new ConfigDef();
    define(definition);
    AbstractConfig config = new AbstractConfig(definition, properties, false);
    if (config.getString(TOPIC).isEmpty()) {
      return properties.keySet().stream().anyMatch(name -> name.startsWith(PRODUCER_PREFIX))
          ? Map.of(TOPIC, NO_TOPIC)
          : Map.of();
    }
    if (config.getList(BOOTSTRAP_SERVERS).isEmpty()) {
      return Map.of(BOOTSTRAP_SERVERS, NO_SERVERS);
    }
    ReportConfig reports = new ReportConfig(config);
    Map<String, String> complaints = new LinkedHashMap<>();
    note(complaints, KEY_CONVERTER, () -> close(reports.keyConverter()));
    note(complaints, VALUE_CONVERTER, () -> close(reports.valueConverter()));
    note(complaints, BOOTSTRAP_SERVERS, () -> new ProducerConfig(reports.producer("validation")));
    return complaints;
  }

  private static void note(Map<String, String> complaints, String setting, Runnable attempt) {
    try {
      attempt.run();
    } catch (KafkaException e) {
      complaints.put(setting, "It cannot be used: " + e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      complaints.put(
          setting,
          "It cannot be used ("
              + e.getClass().getSimpleName()
              + "). Check its own settings, and that its jar is whole.");
    }
  }

  private static void close(Object converter) {
    if (converter instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new KafkaException("The converter cannot be closed.", e);
      }
    }
  }

  /** The topic. */
  public String topic() {
    return config.getString(TOPIC);
  }

  /** A converter of keys, ready for use. */
  public Converter keyConverter() {
    return converter(KEY_CONVERTER, true);
  }

  /** A converter of reports, ready for use. */
  public Converter valueConverter() {
    return converter(VALUE_CONVERTER, false);
  }

  private Converter converter(String setting, boolean forKeys) {
    if (!(Utils.newInstance(config.getClass(setting)) instanceof Converter converter)) {
      throw new ConfigException(
          setting, config.getClass(setting).getName(), "It has to be a converter.");
    }
    Map<String, Object> settings = new HashMap<>();
    settings.put(JSON_SCHEMAS, "false");
    settings.putAll(config.originalsWithPrefix(setting + "."));
    converter.configure(settings, forKeys);
    return converter;
  }

  /** The settings of the producer, whose keys and values are bytes. */
  public Map<String, Object> producer(String clientId) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    settings.putAll(config.originalsWithPrefix(PRODUCER_PREFIX));
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return settings;
  }
}
