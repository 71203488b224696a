package dev.birdconnect.source.position;

import dev.birdconnect.source.position.InteractionState.Emitted;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Source partitions and offsets of interactions. What is emitted is written as {@code
 * id:ageing:mark:mark}, messages apart by commas, numbers to the base 36.
 */
public final class InteractionOffsets {

  /** Version of the form of an offset, the number of parts included. */
  public static final int VERSION = 1;

  static final String PART = "interactionPart";

  private static final String FORM = "version";
  private static final String FORGOTTEN = "forgottenUpTo";
  private static final String BETWEEN = ",";
  private static final String WITHIN = ":";
  private static final int RADIX = 36;
  private static final int BEFORE_MARKS = 2;

  private InteractionOffsets() {}

  /**
   * The source partition of a part of a channel's messages; as with {@link OffsetCodec#partition}
   * the order of its fields counts.
   */
  public static Map<String, Object> partition(String workspaceId, String channelId, int part) {
    Map<String, Object> partition = new LinkedHashMap<>();
    partition.put(PART, Integer.toString(part));
    partition.putAll(OffsetCodec.partition(workspaceId, channelId));
    return partition;
  }

  /** The offset of a record. */
  public static Map<String, Object> offset(InteractionState state) {
    Map<String, Object> offset = new LinkedHashMap<>();
    offset.put(FORM, VERSION);
    if (state.forgottenUpTo() != Long.MIN_VALUE) {
      offset.put(FORGOTTEN, state.forgottenUpTo());
    }
    offset.put(OffsetCodec.KNOWN, text(state.emitted()));
    return offset;
  }

  private static String text(List<Emitted> messages) {
    StringBuilder text = new StringBuilder();
    for (Emitted message : messages) {
      if (text.length() > 0) {
        text.append(BETWEEN);
      }
      text.append(URLEncoder.encode(message.messageId(), StandardCharsets.UTF_8))
          .append(WITHIN)
          .append(Long.toString(message.agesFrom(), RADIX));
      message.marks().forEach(mark -> text.append(WITHIN).append(mark));
    }
    return text.toString();
  }

  /**
   * Reads an offset.
   *
   * @throws IllegalArgumentException when it is none of this form; says what is wrong
   */
  public static InteractionState state(Map<String, ?> offset) {
    if (!(offset.get(FORM) instanceof Number form) || form.longValue() != VERSION) {
      throw new IllegalArgumentException(
          "the offset of interactions has the version "
              + offset.get(FORM)
              + ", but this connector reads version "
              + VERSION);
    }
    if (!(offset.get(OffsetCodec.KNOWN) instanceof String known)) {
      throw new IllegalArgumentException(
          "the field known of an offset of interactions is missing, or no text");
    }
    long forgotten =
        offset.get(FORGOTTEN) instanceof Number number ? number.longValue() : Long.MIN_VALUE;
    List<Emitted> emitted = new ArrayList<>();
    for (String entry : known.isEmpty() ? new String[0] : known.split(BETWEEN, -1)) {
      emitted.add(entry(entry));
    }
    return new InteractionState(forgotten, emitted);
  }

  private static Emitted entry(String text) {
    String[] parts = text.split(WITHIN, -1);
    if (parts.length <= BEFORE_MARKS) {
      throw new IllegalArgumentException(
          "an entry of the field known of an offset of interactions is not readable");
    }
    return new Emitted(
        URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
        Long.parseLong(parts[1], RADIX),
        Arrays.asList(parts).subList(BEFORE_MARKS, parts.length));
  }

  /**
   * Reads the part that a source partition is of.
   *
   * @throws IllegalArgumentException when there is no such part
   */
  static int part(Map<String, ?> partition) {
    String text = String.valueOf(partition.get(PART));
    for (int part = 0; part < InteractionState.PARTS; part++) {
      if (Integer.toString(part).equals(text)) {
        return part;
      }
    }
    throw new IllegalArgumentException(
        "the field interactionPart is \""
            + text
            + "\", but has to be \"0\" to \""
            + (InteractionState.PARTS - 1)
            + "\"");
  }
}
