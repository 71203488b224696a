package dev.birdconnect.source.position;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Source partitions and offsets as Connect stores them: flat maps of primitive values. */
public final class OffsetCodec {

  /** Version of the form of an offset, the number of shards included. */
  public static final int VERSION = 1;

  private static final String WORKSPACE = "workspaceId";
  private static final String CHANNEL = "channelId";
  private static final String SHARD = "shard";
  private static final String FORM = "version";
  private static final String CREATED_AT = "createdAt";
  private static final String MESSAGE_ID = "messageId";
  private static final String PHASE = "phase";
  private static final String PAGE_TOKEN = "pageToken";
  private static final String OPEN = "open";

  private OffsetCodec() {}

  /** The source partition of a shard. */
  public static Map<String, Object> partition(String workspaceId, String channelId, int shard) {
    return Map.of(WORKSPACE, workspaceId, CHANNEL, channelId, SHARD, Integer.toString(shard));
  }

  /** The offset of a record. */
  public static Map<String, Object> offset(ShardState state) {
    Map<String, Object> offset = new LinkedHashMap<>();
    offset.put(FORM, VERSION);
    offset.put(CREATED_AT, state.frontier().createdAt().toString());
    offset.put(MESSAGE_ID, state.frontier().id());
    offset.put(PHASE, state.phase().text());
    state.pageToken().ifPresent(token -> offset.put(PAGE_TOKEN, token));
    offset.put(OPEN, state.open());
    return offset;
  }

  /** How large an offset is, in characters; what is not the open messages hardly counts. */
  public static int size(Map<String, ?> offset) {
    return offset.get(OPEN) instanceof String open ? open.length() : 0;
  }

  /**
   * Reads an offset.
   *
   * @throws IllegalArgumentException when it is none of this form; says what is wrong
   */
  public static ShardState state(Map<String, ?> offset) {
    Object form = offset.get(FORM);
    if (!(form instanceof Number number) || number.intValue() != VERSION) {
      throw new IllegalArgumentException(
          "the offset has the version " + form + ", but this connector reads version " + VERSION);
    }
    return new ShardState(
        new Position(time(text(offset, CREATED_AT)), text(offset, MESSAGE_ID)),
        phase(text(offset, PHASE)),
        Optional.ofNullable(optional(offset, PAGE_TOKEN)),
        text(offset, OPEN));
  }

  private static Phase phase(String text) {
    for (Phase phase : Phase.values()) {
      if (phase.text().equals(text)) {
        return phase;
      }
    }
    throw new IllegalArgumentException("the phase " + text + " of the offset is not known");
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("the field createdAt of the offset is no time", e);
    }
  }

  private static String text(Map<String, ?> offset, String field) {
    String text = optional(offset, field);
    if (text == null) {
      throw new IllegalArgumentException("the field " + field + " of the offset is missing");
    }
    return text;
  }

  private static @Nullable String optional(Map<String, ?> offset, String field) {
    return offset.get(field) instanceof String text ? text : null;
  }
}
