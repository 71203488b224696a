package dev.birdconnect.common.reference;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The label a send carries: {@code bk1:<namespace>:<topic>:<partition>:<offset>:<guard>}. It names
 * the record by its original coordinates (KIP-793), so that it is the same in every attempt.
 *
 * @param namespace keeps connectors apart; the connector's name by default; without a colon
 * @param topic the record's topic
 * @param partition the record's partition
 * @param offset the record's offset
 * @param guard tells a record from the one with the same coordinates in a topic made anew
 */
public record RecordReference(
    String namespace, String topic, int partition, long offset, String guard) {

  private static final String VERSION = "bk1";
  private static final long HASH_OF_PARTITIONS = 1_000_003;
  private static final int PARTS = 6;
  private static final int LONGEST_PARTITION = 10;
  private static final int LONGEST_OFFSET = 19;
  private static final int LONGEST_GUARD = 16;
  private static final int GUARD_BYTES = 4;

  /**
   * Largest distance, in offsets, between a started send and the oldest unfinished offset of its
   * partition. It belongs to the version of the reference, so it is no setting: whoever takes a
   * partition over relies on it when looking for what was sent.
   */
  public static final long SPAN = 10_000;

  /**
   * The name in {@code meta.extraInformation} under which the label stands where the message's
   * reference is the user's own.
   */
  public static final String FIELD = "kafkaRecord";

  /** The guard of a record without a timestamp. */
  public static final String NO_GUARD = "0";

  public RecordReference {
    if (namespace.isEmpty() || namespace.contains(":")) {
      throw new IllegalArgumentException(
          "The namespace of a reference has to be at least one character, none of them a colon.");
    }
  }

  /**
   * The guard of a record: a short hash of its timestamp, never of key or value, which transforms
   * and converters change.
   *
   * @param timestampMillis the record's timestamp, in milliseconds since 1970
   */
  public static String guard(long timestampMillis) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(ByteBuffer.allocate(Long.BYTES).putLong(timestampMillis).array());
      return HexFormat.of().formatHex(hash, 0, GUARD_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256.", e);
    }
  }

  /** Takes a label apart; empty when it is none of the sink's. */
  public static Optional<RecordReference> parse(String label) {
    if (!label.startsWith(VERSION + ":")) {
      return Optional.empty();
    }
    String[] parts = label.split(":", -1);
    if (parts.length != PARTS
        || parts[1].isEmpty()
        || parts[2].isEmpty()
        || !consistsOf(parts[3], LONGEST_PARTITION, '9')
        || !consistsOf(parts[4], LONGEST_OFFSET, '9')
        || !consistsOf(parts[5], LONGEST_GUARD, 'z')) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new RecordReference(
              parts[1], parts[2], Integer.parseInt(parts[3]), Long.parseLong(parts[4]), parts[5]));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether a text has 1 to so many characters, all of them digits, or letters up to one. */
  private static boolean consistsOf(String text, int most, char last) {
    if (text.isEmpty() || text.length() > most) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > last)) {
        return false;
      }
    }
    return true;
  }

  /** What differs most is compared first: references are looked up by the thousand. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecordReference that
        && offset == that.offset
        && partition == that.partition
        && guard.equals(that.guard)
        && topic.equals(that.topic)
        && namespace.equals(that.namespace);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(offset * HASH_OF_PARTITIONS + partition);
  }

  /** The label as it is sent. */
  public String label() {
    return String.join(
        ":", VERSION, namespace, topic, Integer.toString(partition), Long.toString(offset), guard);
  }
}
