package dev.birdconnect.common.config;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** Writes a connector's configuration reference, in Markdown, from its definition. */
public final class ConfigReference {

  private ConfigReference() {}

  /**
   * The page.
   *
   * @param title its heading
   * @param definition the connector's settings
   */
  public static String markdown(String title, ConfigDef definition) {
    StringBuilder page = new StringBuilder();
    page.append("# ").append(title).append("\n\n");
    page.append("Generated from the connector's definition; a test checks that it is current.\n");
    Set<String> groups = new LinkedHashSet<>();
    definition.configKeys().values().forEach(key -> groups.add(key.group));
    for (String group : groups) {
      page.append("\n## ").append(group).append("\n\n");
      page.append("| setting | type | default | valid | meaning |\n");
      page.append("|---|---|---|---|---|\n");
      List<ConfigKey> keys =
          definition.configKeys().values().stream()
              .filter(key -> group.equals(key.group))
              .sorted(Comparator.comparingInt(key -> key.orderInGroup))
              .toList();
      keys.forEach(key -> page.append(row(key)));
    }
    return page.toString();
  }

  private static String row(ConfigKey key) {
    return "| `"
        + key.name
        + "` | "
        + key.type.name().toLowerCase(Locale.ROOT)
        + " | "
        + preset(key)
        + " | "
        + (key.validator == null ? "" : cell(key.validator.toString()))
        + " | "
        + cell(key.documentation)
        + " |\n";
  }

  private static String preset(ConfigKey key) {
    if (!key.hasDefault()) {
      return "**required**";
    }
    Object preset = ConfigDef.convertToString(key.defaultValue, key.type);
    boolean empty = preset == null || preset.toString().isEmpty() || preset.equals("[hidden]");
    return empty ? "none" : "`" + preset + "`";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
