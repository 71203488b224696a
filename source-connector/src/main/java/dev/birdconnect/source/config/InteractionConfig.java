package dev.birdconnect.source.config;

import dev.birdconnect.common.config.Validators;
import dev.birdconnect.source.interaction.InteractionSettings;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The settings of interactions. */
final class InteractionConfig {

  static final String ENABLED = "interactions.enabled";
  static final String MAX_AGE = "interactions.max.age.ms";

  private static final String INTERACTIONS = "Interactions";

  private InteractionConfig() {}

  static void define(ConfigDef definition) {
    definition.define(
        ENABLED,
        ConfigDef.Type.BOOLEAN,
        false,
        ConfigDef.Importance.MEDIUM,
        "Whether to read what receivers did with messages (opened, clicked and so on) too, into the"
            + " topic <prefix>.interactions. It takes a read for each message, again and again, so"
            + " these reads are content with what others leave of the budget, and get one in twenty"
            + " when others want all.",
        INTERACTIONS,
        1,
        ConfigDef.Width.SHORT,
        "Read interactions");
    definition.define(
        MAX_AGE,
        ConfigDef.Type.LONG,
        Duration.ofDays(1).toMillis(),
        Validators.between(60_000, Duration.ofDays(30).toMillis()),
        ConfigDef.Importance.MEDIUM,
        "How long interactions of a message are looked for, in milliseconds from the later of its"
            + " creation and the time it is scheduled for.",
        INTERACTIONS,
        2,
        ConfigDef.Width.MEDIUM,
        "Interaction age (ms)");
  }

  /** How they are read; empty when they are not. */
  static Optional<InteractionSettings> read(AbstractConfig config, Duration shortest) {
    return config.getBoolean(ENABLED)
        ? Optional.of(new InteractionSettings(Duration.ofMillis(config.getLong(MAX_AGE)), shortest))
        : Optional.empty();
  }
}
