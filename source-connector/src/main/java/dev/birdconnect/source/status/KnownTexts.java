package dev.birdconnect.source.status;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The known messages of a shard at one moment. Every record carries them, and few are ever stored,
 * so the entries are shared and are put together only when the text is asked for.
 */
public final class KnownTexts {

  /** No known messages. */
  public static final KnownTexts NONE = new KnownTexts(() -> "");

  private final Supplier<String> text;

  private KnownTexts(Supplier<String> text) {
    this.text = text;
  }

  /** What is stored, or was written by {@link KnownText}. */
  public static KnownTexts of(String text) {
    return text.isEmpty() ? NONE : new KnownTexts(() -> text);
  }

  /** The messages of a list that nobody may change afterwards. */
  static KnownTexts ofEntries(List<KnownEntry> entries) {
    return new KnownTexts(
        () ->
            entries.stream()
                .map(KnownEntry::text)
                .collect(Collectors.joining(String.valueOf(KnownText.BETWEEN))));
  }

  /** All of them as one text. */
  public String text() {
    return text.get();
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
