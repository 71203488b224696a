package dev.birdconnect.source.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The known messages of a shard at one moment. Every record carries them, and few are ever stored,
 * so the entries are shared and are put together only when the text is asked for.
 */
public final class KnownTexts {

  /** No known messages. */
  public static final KnownTexts NONE = new KnownTexts(List.of());

  private final List<String> entries;

  private KnownTexts(List<String> entries) {
    this.entries = entries;
  }

  /** What is stored, or was written by {@link KnownText}. */
  public static KnownTexts of(String text) {
    return text.isEmpty() ? NONE : new KnownTexts(List.of(text));
  }

  /** The texts of the messages, which nobody may change afterwards. */
  static KnownTexts ofEntries(List<String> entries) {
    return new KnownTexts(entries);
  }

  /** All of them as one text. */
  public String text() {
    return String.join(String.valueOf(KnownText.BETWEEN), entries);
  }

  /**
   * The messages.
   *
   * @throws IllegalArgumentException when what is stored is something else
   */
  public List<KnownMessage> messages() {
    return KnownText.parse(text());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KnownTexts that && text().equals(that.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
