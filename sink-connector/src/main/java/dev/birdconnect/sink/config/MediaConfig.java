package dev.birdconnect.sink.config;

import dev.birdconnect.client.request.MediaFile;
import dev.birdconnect.common.config.Validators;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The settings of media that stand in records and are uploaded. */
public final class MediaConfig {

  public static final String CONTENT_TYPE = "media.content.type";
  public static final String MAX_UPLOADS = "media.max.uploads";
  public static final String CACHE_ENTRIES = "media.cache.entries";
  public static final String CACHE_TTL = "media.cache.ttl.ms";

  private static final String MEDIA = "Media";
  private static final int MOST_UPLOADS = 256;
  private static final int MOST_ENTRIES = 1_000_000;
  private static final int LONGEST_TTL = 86_400_000;

  private final AbstractConfig config;

  /**
   * @param config a configuration whose definition holds {@link #define}
   */
  public MediaConfig(AbstractConfig config) {
    this.config = config;
  }

  /** The settings that {@link #define} defines. */
  static Set<String> names() {
    ConfigDef definition = new ConfigDef();
    define(definition);
    return definition.names();
  }

  static void define(ConfigDef definition) {
    definition.define(
        CONTENT_TYPE,
        ConfigDef.Type.STRING,
        "",
        Validators.text(
            text -> text.isEmpty() || MediaFile.isMediaType(text),
            "It has to be a media type, such as image/png, or empty."),
        ConfigDef.Importance.LOW,
        "The media type of bytes in a record whose type is not told beside them and not recognised;"
            + " empty to reject such records. See docs/mapping.md.",
        MEDIA,
        1,
        ConfigDef.Width.MEDIUM,
        "Type of unknown media");
    definition.define(
        MAX_UPLOADS,
        ConfigDef.Type.INT,
        32,
        Validators.between(1, MOST_UPLOADS),
        ConfigDef.Importance.LOW,
        "Most media that a task uploads at the same time, and most sends that wait for their media;"
            + " sends without media go past them. Together they hold at most 32 MiB, or a single"
            + " medium.",
        MEDIA,
        2,
        ConfigDef.Width.SHORT,
        "Uploads at the same time");
    definition.define(
        CACHE_ENTRIES,
        ConfigDef.Type.INT,
        1_000,
        Validators.between(0, MOST_ENTRIES),
        ConfigDef.Importance.LOW,
        "Most media that a task remembers after their upload, so that equal media of other records in"
            + " the same channel need none. 0: each is uploaded.",
        MEDIA,
        3,
        ConfigDef.Width.SHORT,
        "Media remembered");
    definition.define(
        CACHE_TTL,
        ConfigDef.Type.INT,
        600_000,
        Validators.between(0, LONGEST_TTL),
        ConfigDef.Importance.LOW,
        "How long an upload is used again for equal media, in milliseconds. The API does not say how"
            + " long it keeps media.",
        MEDIA,
        4,
        ConfigDef.Width.SHORT,
        "Uploads used again (ms)");
  }

  /** The media type of what is not recognised; empty for none. */
  public Optional<String> contentType() {
    return Optional.of(config.getString(CONTENT_TYPE)).filter(type -> !type.isEmpty());
  }

  /** Most uploads at the same time. */
  public int maxUploads() {
    return config.getInt(MAX_UPLOADS);
  }

  /** Most media that are remembered. */
  public int cacheEntries() {
    return config.getInt(CACHE_ENTRIES);
  }

  /** How long an upload is used again. */
  public Duration cacheTtl() {
    return Duration.ofMillis(config.getInt(CACHE_TTL));
  }
}
