package dev.birdconnect.source.position;

import dev.birdconnect.client.message.ApiTime;
import dev.birdconnect.source.status.KnownTexts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Source partitions and offsets as Connect stores them: flat maps of primitive values. */
public final class OffsetCodec {

  /** Version of the form of an offset, the number of shards included. */
  public static final int VERSION = 1;

  /** The field of a start set by hand, which stands alone on a channel's own partition. */
  public static final String START_TIMESTAMP = "startTimestamp";

  static final String WORKSPACE = "workspaceId";
  static final String CHANNEL = "channelId";
  static final String SHARD = "shard";

  private static final String FORM = "version";
  private static final String RUN = "run";
  private static final String TAKEN = "taken";
  private static final String RECORDS = "records";
  private static final String CREATED_AT = "createdAt";
  private static final String MESSAGE_ID = "messageId";
  private static final String PHASE = "phase";
  private static final String PAGE_TOKEN = "pageToken";
  private static final String COMPLETE_AFTER = "completeAfter";
  static final String KNOWN = "known";
  private static final String SURPLUS_FROM = "surplusFrom";
  private static final String SURPLUS_TO = "surplusTo";
  private static final String SURPLUS_SEEN = "surplusSeen";
  private static final String LEFT_OUT = "leftOut";
  private static final String BETWEEN_TIMES = "/";
  private static final String BETWEEN_LEFT_OUT = ",";

  private OffsetCodec() {}

  /**
   * The source partition of a channel itself. Connect finds an offset by the bytes that this map
   * becomes, so its order counts: it is the same in every JVM, and the one that the worker brings
   * partitions into which are set by hand.
   */
  public static Map<String, Object> partition(String workspaceId, String channelId) {
    return put(new LinkedHashMap<>(), workspaceId, channelId);
  }

  /** The source partition of a shard. */
  public static Map<String, Object> partition(String workspaceId, String channelId, int shard) {
    Map<String, Object> partition = new LinkedHashMap<>();
    partition.put(SHARD, Integer.toString(shard));
    return put(partition, workspaceId, channelId);
  }

  private static Map<String, Object> put(
      Map<String, Object> partition, String workspaceId, String channelId) {
    partition.put(CHANNEL, channelId);
    partition.put(WORKSPACE, workspaceId);
    return partition;
  }

  /** The channel of a source partition. */
  public static String channelId(Map<String, ?> partition) {
    return String.valueOf(partition.get(CHANNEL));
  }

  /** Whether a source partition is that of a channel itself. */
  public static boolean isOfChannel(Map<String, ?> partition) {
    return !partition.containsKey(SHARD) && !partition.containsKey(InteractionOffsets.PART);
  }

  /** The offset of a record on its shard's partition. */
  public static Map<String, Object> offset(ShardState state) {
    return new StoredOffset(() -> fields(state));
  }

  private static Map<String, Object> fields(ShardState state) {
    Map<String, Object> offset = new LinkedHashMap<>();
    offset.put(FORM, VERSION);
    Origin origin = state.origin();
    if (origin.run() > 0) {
      offset.put(RUN, origin.run());
    }
    origin.start().ifPresent(start -> offset.put(START_TIMESTAMP, ApiTime.text(start)));
    if (origin.taken()) {
      offset.put(TAKEN, true);
    }
    offset.put(RECORDS, state.records());
    offset.put(CREATED_AT, ApiTime.text(state.frontier().createdAt()));
    offset.put(MESSAGE_ID, state.frontier().id());
    offset.put(PHASE, state.place().phase().text());
    state.place().pageToken().ifPresent(token -> offset.put(PAGE_TOKEN, token));
    if (state.completeAfter() != Long.MIN_VALUE) {
      offset.put(COMPLETE_AFTER, text(state.completeAfter()));
    }
    state
        .surplus()
        .ifPresent(
            span -> {
              offset.put(SURPLUS_FROM, text(span.fromMillis()));
              if (span.toMillis() != SurplusSpan.NO_BOUND) {
                offset.put(SURPLUS_TO, text(span.toMillis()));
              }
              offset.put(SURPLUS_SEEN, text(span.seenMillis()));
            });
    if (!state.leftOut().isEmpty()) {
      offset.put(LEFT_OUT, text(state.leftOut()));
    }
    offset.put(KNOWN, state.known().text());
    return offset;
  }

  /** The offset of a record on its channel's own partition, which tells the shard. */
  public static Map<String, Object> offset(int shard, ShardState state) {
    return new StoredOffset(
        () -> {
          Map<String, Object> offset = fields(state);
          offset.put(SHARD, Integer.toString(shard));
          return offset;
        });
  }

  /** Whether the offset is a start set by hand. */
  static boolean isStart(Map<String, ?> offset) {
    return !offset.containsKey(FORM) && offset.containsKey(START_TIMESTAMP);
  }

  /**
   * Reads a start set by hand.
   *
   * @throws IllegalArgumentException when it is none; says what is wrong
   */
  static Instant start(Map<String, ?> offset) {
    return time(text(offset, START_TIMESTAMP), START_TIMESTAMP);
  }

  /**
   * Reads the shard of a source partition, or of an offset on a channel's own partition.
   *
   * @throws IllegalArgumentException when there is no such shard
   */
  static int shard(Map<String, ?> partition) {
    String text = text(partition, SHARD);
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      if (Integer.toString(shard).equals(text)) {
        return shard;
      }
    }
    throw new IllegalArgumentException(
        "the field shard is \""
            + text
            + "\", but has to be \"0\" to \""
            + (Shards.COUNT - 1)
            + "\"");
  }

  /**
   * Reads an offset.
   *
   * @throws IllegalArgumentException when it is none of this form; says what is wrong
   */
  public static ShardState state(Map<String, ?> offset) {
    Object form = offset.get(FORM);
    if (!(form instanceof Number number) || number.longValue() != VERSION) {
      throw new IllegalArgumentException(
          "the offset has the version " + form + ", but this connector reads version " + VERSION);
    }
    Origin origin =
        new Origin(
            count(offset, RUN),
            optional(offset, START_TIMESTAMP).map(text -> time(text, START_TIMESTAMP)),
            Boolean.TRUE.equals(offset.get(TAKEN)));
    if (origin.run() > 0 && origin.start().isEmpty()) {
      throw new IllegalArgumentException(
          "the field startTimestamp is missing beside the field run");
    }
    Position frontier =
        new Position(time(text(offset, CREATED_AT), CREATED_AT), text(offset, MESSAGE_ID));
    Place place = new Place(phase(text(offset, PHASE)), optional(offset, PAGE_TOKEN));
    long completeAfter =
        optional(offset, COMPLETE_AFTER)
            .map(text -> time(text, COMPLETE_AFTER).toEpochMilli())
            .orElse(Long.MIN_VALUE);
    return new ShardState(
        origin,
        count(offset, RECORDS),
        frontier,
        place,
        completeAfter,
        KnownTexts.of(text(offset, KNOWN)),
        surplus(offset),
        leftOut(offset));
  }

  private static Optional<SurplusSpan> surplus(Map<String, ?> offset) {
    return optional(offset, SURPLUS_FROM)
        .map(
            from ->
                new SurplusSpan(
                    time(from, SURPLUS_FROM).toEpochMilli(),
                    optional(offset, SURPLUS_TO)
                        .map(to -> time(to, SURPLUS_TO).toEpochMilli())
                        .orElse(SurplusSpan.NO_BOUND),
                    time(text(offset, SURPLUS_SEEN), SURPLUS_SEEN).toEpochMilli()));
  }

  private static String text(List<LeftOut> leftOut) {
    return leftOut.stream()
        .map(some -> ApiTime.text(some.after()) + BETWEEN_TIMES + ApiTime.text(some.before()))
        .collect(Collectors.joining(BETWEEN_LEFT_OUT));
  }

  private static List<LeftOut> leftOut(Map<String, ?> offset) {
    return optional(offset, LEFT_OUT).stream()
        .flatMap(text -> Stream.of(text.split(BETWEEN_LEFT_OUT, -1)))
        .map(OffsetCodec::leftOut)
        .toList();
  }

  private static LeftOut leftOut(String text) {
    String[] times = text.split(BETWEEN_TIMES, -1);
    if (times.length != 2) {
      throw new IllegalArgumentException(
          "the field leftOut has no two times such as"
              + " \"2031-03-01T13:00:00Z/2031-03-01T14:00:00Z\"");
    }
    return new LeftOut(time(times[0], LEFT_OUT), time(times[1], LEFT_OUT));
  }

  private static Phase phase(String text) {
    for (Phase phase : Phase.values()) {
      if (phase.text().equals(text)) {
        return phase;
      }
    }
    throw new IllegalArgumentException(
        "the field phase is \""
            + text
            + "\", but has to be \""
            + Phase.BACK_FILL.text()
            + "\" or \""
            + Phase.TAIL.text()
            + "\"");
  }

  private static int count(Map<String, ?> offset, String field) {
    Object count = offset.get(field);
    if (count == null) {
      return 0;
    }
    if (count instanceof Number number
        && number.longValue() >= 0
        && number.longValue() <= Integer.MAX_VALUE
        && number.doubleValue() == number.longValue()) {
      return number.intValue();
    }
    throw new IllegalArgumentException("the field " + field + " is no whole number from 0 up");
  }

  private static Instant time(String text, String field) {
    return ApiTime.parse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the field " + field + " is no time such as \"2031-03-01T13:00:00Z\""));
  }

  private static String text(long millis) {
    return ApiTime.text(Instant.ofEpochMilli(millis));
  }

  private static String text(Map<String, ?> offset, String field) {
    return optional(offset, field)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the field "
                        + field
                        + (offset.get(field) == null ? " is missing" : " is no text")));
  }

  private static Optional<String> optional(Map<String, ?> offset, String field) {
    @Nullable Object value = offset.get(field);
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
