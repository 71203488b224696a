package dev.birdconnect.source.status;

import dev.birdconnect.client.message.MessageStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;

/**
 * Known messages as compact text, about 42 characters each, for an offset. An entry is {@code
 * id.createdAt.ageing} and, once a status is emitted, {@code .status.time.sequence}. Numbers have
 * the base 36. The creation time is in milliseconds since 1970, the time of the status in
 * milliseconds after it, and {@code ageing} is how many seconds after its creation a message's age
 * begins.
 */
public final class KnownText {

  static final char BETWEEN = ',';
  private static final String PART = ".";
  private static final String AS_IT_IS = "~";
  private static final int RADIX = 36;
  private static final int WITHOUT_STATUS = 3;
  private static final int WITH_STATUS = 6;
  private static final long MILLIS = 1_000;
  private static final int UUID_BYTES = 16;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final String CODES = "acpsdrxfkz";
  private static final List<MessageStatus> CODED =
      List.of(
          MessageStatus.ACCEPTED,
          MessageStatus.SCHEDULED,
          MessageStatus.PROCESSING,
          MessageStatus.SENT,
          MessageStatus.DELIVERED,
          MessageStatus.REJECTED,
          MessageStatus.SENDING_FAILED,
          MessageStatus.DELIVERY_FAILED,
          MessageStatus.SKIPPED,
          MessageStatus.DELETED);

  private KnownText() {}

  /** Several messages. */
  public static String of(List<KnownMessage> messages) {
    StringJoiner text = new StringJoiner(String.valueOf(BETWEEN));
    messages.forEach(message -> text.add(of(message)));
    return text.toString();
  }

  /** One message. */
  static String of(KnownMessage message) {
    StringBuilder text = new StringBuilder(48);
    long createdAt = message.createdAtMillis();
    text.append(id(message.id()))
        .append(PART)
        .append(Long.toString(createdAt, RADIX))
        .append(PART)
        .append(Long.toString(message.agesFrom() - seconds(createdAt), RADIX));
    message
        .last()
        .ifPresent(
            last ->
                text.append(PART)
                    .append(status(last.status()))
                    .append(PART)
                    .append(Long.toString(last.atMillis() - createdAt, RADIX))
                    .append(PART)
                    .append(Integer.toString(last.sequence(), RADIX)));
    return text.toString();
  }

  /**
   * Reads what {@link KnownMessages#text} wrote.
   *
   * @throws IllegalArgumentException when the text is something else
   */
  public static List<KnownMessage> parse(String text) {
    List<KnownMessage> messages = new ArrayList<>();
    if (text.isEmpty()) {
      return messages;
    }
    for (String entry : text.split(String.valueOf(BETWEEN), -1)) {
      messages.add(entry(entry));
    }
    return messages;
  }

  private static KnownMessage entry(String entry) {
    String[] parts = entry.split("\\.", -1);
    if (parts.length != WITHOUT_STATUS && parts.length != WITH_STATUS) {
      throw new IllegalArgumentException("an entry of the known messages is not readable");
    }
    String id = parseId(parts[0]);
    long createdAt = Long.parseLong(parts[1], RADIX);
    long agesFrom = seconds(createdAt) + Long.parseLong(parts[2], RADIX);
    if (parts.length == WITHOUT_STATUS) {
      return new KnownMessage(id, createdAt, agesFrom, Optional.empty());
    }
    EmittedStatus last =
        new EmittedStatus(
            parseStatus(parts[3]),
            createdAt + Long.parseLong(parts[4], RADIX),
            Integer.parseInt(parts[5], RADIX));
    return new KnownMessage(id, createdAt, agesFrom, Optional.of(last));
  }

  private static long seconds(long millis) {
    return Math.floorDiv(millis, MILLIS);
  }

  private static String id(String id) {
    try {
      UUID uuid = UUID.fromString(id);
      if (uuid.toString().equals(id)) {
        return ENCODER.encodeToString(
            ByteBuffer.allocate(UUID_BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array());
      }
    } catch (IllegalArgumentException e) {
      return AS_IT_IS + encoded(id);
    }
    return AS_IT_IS + encoded(id);
  }

  private static String parseId(String text) {
    if (text.startsWith(AS_IT_IS)) {
      return decoded(text.substring(1));
    }
    byte[] bytes = DECODER.decode(text);
    if (bytes.length != UUID_BYTES) {
      throw new IllegalArgumentException("an id among the known messages is not readable");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong()).toString().toLowerCase(Locale.ROOT);
  }

  private static String status(MessageStatus status) {
    int coded = CODED.indexOf(status);
    return coded >= 0 ? String.valueOf(CODES.charAt(coded)) : AS_IT_IS + encoded(status.name());
  }

  private static MessageStatus parseStatus(String text) {
    if (text.startsWith(AS_IT_IS)) {
      return new MessageStatus(decoded(text.substring(1)));
    }
    int coded = text.length() == 1 ? CODES.indexOf(text.charAt(0)) : -1;
    if (coded < 0) {
      throw new IllegalArgumentException("a status among the known messages is not readable");
    }
    return CODED.get(coded);
  }

  private static String encoded(String text) {
    return ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String text) {
    return new String(DECODER.decode(text), StandardCharsets.UTF_8);
  }
}
