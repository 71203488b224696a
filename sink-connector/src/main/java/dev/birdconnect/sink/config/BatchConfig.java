package dev.birdconnect.sink.config;

import dev.birdconnect.client.request.BatchRequest;
import dev.birdconnect.common.config.Choices;
import dev.birdconnect.common.config.Validators;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The settings of sends that share requests. */
public final class BatchConfig {

  public static final String SEND_MODE = "send.mode";
  public static final String MAX_SENDS = "batch.max.sends";
  public static final String LINGER = "batch.linger.ms";
  public static final String ORDER = "batch.order";
  public static final String RESULT_TIMEOUT = "batch.result.timeout.ms";

  private static final String BATCHES = "Batches";
  private static final int LONGEST_LINGER = 10_000;
  private static final int LONGEST_TIMEOUT = 3_600_000;

  private final AbstractConfig config;

  /**
   * @param config a configuration whose definition holds {@link #define}
   */
  public BatchConfig(AbstractConfig config) {
    this.config = config;
  }

  static void define(ConfigDef definition) {
    choice(
        definition,
        SEND_MODE,
        SendMode.class,
        SendMode.SINGLE,
        ConfigDef.Importance.MEDIUM,
        "How sends are put into requests. single: every send has a request of its own, and the"
            + " answer tells what became of it. batch: up to 100 sends share a request; what became"
            + " of each is seen in the channel's list, which takes reads"
            + " (bird.rate.get.per.second). Much faster where the API's limit of requests counts.",
        1,
        "Sends of a request");
    definition.define(
        MAX_SENDS,
        ConfigDef.Type.INT,
        BatchRequest.MOST,
        Validators.between(1, BatchRequest.MOST),
        ConfigDef.Importance.LOW,
        "Most sends of a batch.",
        BATCHES,
        2,
        ConfigDef.Width.SHORT,
        "Size of batches");
    definition.define(
        LINGER,
        ConfigDef.Type.INT,
        5,
        Validators.between(0, LONGEST_LINGER),
        ConfigDef.Importance.LOW,
        "How long the first send of a batch waits for others before the batch leaves although it"
            + " is not full, in milliseconds. A send that nothing joins leaves by itself.",
        BATCHES,
        3,
        ConfigDef.Width.SHORT,
        "Wait for others (ms)");
    choice(
        definition,
        ORDER,
        BatchOrder.class,
        BatchOrder.ANY,
        ConfigDef.Importance.LOW,
        "In which order the API makes the messages of a batch, which its documentation does not"
            + " say. any: nothing is assumed, and a batch holds one send of an order key. array:"
            + " that of the request, so a batch may hold several sends of an order key one after"
            + " another.",
        4,
        "Order in a batch");
    definition.define(
        RESULT_TIMEOUT,
        ConfigDef.Type.INT,
        30_000,
        Validators.between(0, LONGEST_TIMEOUT),
        ConfigDef.Importance.MEDIUM,
        "Longest time until the API has made the messages of a batch that it took in, in"
            + " milliseconds. A send whose message is not in the list after this time and"
            + " doubt.settle.ms is in doubt (doubt.policy). A batch whose answer was lost is not"
            + " sent again before, and after the assignment of a partition nothing of it is sent for"
            + " this time, doubt.settle.ms and bird.http.request.timeout.ms together.",
        BATCHES,
        5,
        ConfigDef.Width.SHORT,
        "Time to make a batch (ms)");
  }

  private static <E extends Enum<E>> void choice(
      ConfigDef definition,
      String name,
      Class<E> type,
      E preset,
      ConfigDef.Importance importance,
      String doc,
      int order,
      String display) {
    definition.define(
        name,
        ConfigDef.Type.STRING,
        preset.name().toLowerCase(Locale.ROOT),
        Validators.oneOf(type),
        importance,
        doc,
        BATCHES,
        order,
        ConfigDef.Width.SHORT,
        display,
        List.of(),
        Choices.of(type));
  }

  /** Whether sends share requests. */
  public boolean batches() {
    return Validators.parse(SendMode.class, config.getString(SEND_MODE)) == SendMode.BATCH;
  }

  /** Most sends of a request. */
  public int maxSends() {
    return config.getInt(MAX_SENDS);
  }

  /** Longest wait for further sends. */
  public Duration linger() {
    return Duration.ofMillis(config.getInt(LINGER));
  }

  /** Whether messages are made in the order of the request. */
  public boolean arrayOrder() {
    return Validators.parse(BatchOrder.class, config.getString(ORDER)) == BatchOrder.ARRAY;
  }

  /** Longest time until the messages of a batch are made. */
  public Duration resultTimeout() {
    return Duration.ofMillis(config.getInt(RESULT_TIMEOUT));
  }

  /** What these settings say against each other: the setting at fault and a sentence. */
  Map<String, String> problems() {
    Map<String, String> problems = new LinkedHashMap<>();
    if (!batches()) {
      for (String setting : List.of(MAX_SENDS, LINGER, ORDER, RESULT_TIMEOUT)) {
        if (config.originals().containsKey(setting)) {
          problems.put(
              setting,
              "It is set, but "
                  + SEND_MODE
                  + "=single does not use it. Set "
                  + SEND_MODE
                  + "=batch, or remove it.");
        }
      }
    }
    return problems;
  }
}
