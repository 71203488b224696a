package dev.birdconnect.sink.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.UnreadableEntry;
import dev.birdconnect.common.reference.RecordReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a message is recognised by: the record's coordinates, and the label of the user's own where
 * there is one. Both have to match, as two records may carry the same label. Of the label only a
 * hash is kept: it may be private.
 *
 * @param coordinates where the record stands
 * @param label hash of the user's label; {@link #NO_LABEL} where the reference is the coordinates
 */
public record Mark(RecordReference coordinates, long label) {

  /** The connector made the reference. */
  public static final long NO_LABEL = 0;

  /**
   * The mark of a send.
   *
   * @param coordinates where its record stands
   * @param reference the reference its message carries
   */
  public static Mark of(RecordReference coordinates, String reference) {
    return new Mark(
        coordinates, reference.equals(coordinates.label()) ? NO_LABEL : hash(reference));
  }

  /** The mark of a message; empty where it has none, or the API has left it out. */
  static Optional<Mark> of(Message message) {
    return of(message.reference().orElse(""), message.resource());
  }

  /** As {@link #of(Message)}, for what can be read of an entry. */
  static Optional<Mark> of(UnreadableEntry entry) {
    return of(entry.reference().orElse(""), entry.resource());
  }

  private static Optional<Mark> of(String reference, JsonNode resource) {
    JsonNode own = resource.path("meta").path("extraInformation").path(RecordReference.FIELD);
    Optional<RecordReference> coordinates =
        own.isTextual() ? RecordReference.parse(own.textValue()) : Optional.empty();
    return coordinates
        .map(found -> of(found, reference))
        .or(() -> RecordReference.parse(reference).map(found -> new Mark(found, NO_LABEL)));
  }

  /** The hash of a label; never {@link #NO_LABEL}. */
  static long hash(String label) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(label.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong() | 1;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256.", e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Mark that
        && label == that.label
        && coordinates.equals(that.coordinates);
  }

  @Override
  public int hashCode() {
    return coordinates.hashCode();
  }

  /** What tells messages with the same offset apart, in 32 bits. */
  int fingerprint() {
    return 31 * coordinates.guard().hashCode() + Long.hashCode(label);
  }
}
