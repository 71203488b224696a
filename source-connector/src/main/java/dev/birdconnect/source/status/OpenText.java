package dev.birdconnect.source.status;

import dev.birdconnect.client.message.MessageStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Open messages as compact text, about 40 characters each, for an offset. An entry is {@code
 * id.agesFrom} and, once a status is emitted, {@code .status.time.sequence}; numbers have the base
 * 36, the time is in milliseconds after {@code agesFrom}.
 */
public final class OpenText {

  static final char BETWEEN = ',';
  private static final String PART = ".";
  private static final String AS_IT_IS = "~";
  private static final int RADIX = 36;
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

  private OpenText() {}

  /** One message. */
  static String of(OpenMessage message) {
    StringBuilder text = new StringBuilder(48);
    text.append(id(message.id())).append(PART).append(Long.toString(message.agesFrom(), RADIX));
    message
        .last()
        .ifPresent(
            last ->
                text.append(PART)
                    .append(status(last.status()))
                    .append(PART)
                    .append(Long.toString(last.atMillis() - message.agesFrom() * 1000, RADIX))
                    .append(PART)
                    .append(Integer.toString(last.sequence(), RADIX)));
    return text.toString();
  }

  /**
   * Reads what {@link OpenMessages#text} wrote.
   *
   * @throws IllegalArgumentException when the text is something else
   */
  public static List<OpenMessage> parse(String text) {
    List<OpenMessage> messages = new ArrayList<>();
    if (text.isEmpty()) {
      return messages;
    }
    for (String entry : text.split(String.valueOf(BETWEEN), -1)) {
      messages.add(entry(entry));
    }
    return messages;
  }

  private static OpenMessage entry(String entry) {
    String[] parts = entry.split("\\.", -1);
    if (parts.length != 2 && parts.length != 5) {
      throw new IllegalArgumentException("An entry of the open messages is not readable.");
    }
    String id = parseId(parts[0]);
    long agesFrom = Long.parseLong(parts[1], RADIX);
    if (parts.length == 2) {
      return new OpenMessage(id, agesFrom, Optional.empty());
    }
    EmittedStatus last =
        new EmittedStatus(
            parseStatus(parts[2]),
            agesFrom * 1000 + Long.parseLong(parts[3], RADIX),
            Integer.parseInt(parts[4], RADIX));
    return new OpenMessage(id, agesFrom, Optional.of(last));
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
      throw new IllegalArgumentException("An id among the open messages is not readable.");
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
      throw new IllegalArgumentException("A status among the open messages is not readable.");
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
