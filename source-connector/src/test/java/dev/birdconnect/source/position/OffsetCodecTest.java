package dev.birdconnect.source.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.source.status.KnownTexts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffsetCodecTest {

  private static final Instant TIME = Instant.parse("2031-03-01T13:00:00.123456789Z");
  private static final ShardState STATE =
      new ShardState(
          new Origin(2, Optional.of(TIME), true),
          17,
          new Position(TIME, "m1"),
          new Place(Phase.BACK_FILL, Optional.of("token")),
          TIME.toEpochMilli(),
          KnownTexts.of("~YQ.1.0"),
          Optional.of(new SurplusSpan(1_900_000_000_123L, 1_900_000_000_234L, 1_900_000_000_456L)),
          List.of(
              new LeftOut(TIME.minusSeconds(9), TIME.minusSeconds(8)),
              new LeftOut(TIME.minusSeconds(3), TIME)));

  @Test
  void keepsEverythingNanosecondsIncluded() {
    assertThat(OffsetCodec.state(OffsetCodec.offset(STATE))).isEqualTo(STATE);
    ShardState none = ShardState.none(Origin.EARLIEST, STATE.frontier());
    assertThat(OffsetCodec.state(OffsetCodec.offset(none))).isEqualTo(none);
  }

  /** A clock may run on beyond the years that can be written, and a place be just before them. */
  @ParameterizedTest
  @CsvSource({
    "-0001-12-31T23:00:00Z, 0000-01-01T00:00:00Z",
    "+10000-01-01T00:59:59Z, 9999-12-31T23:59:59.999999999Z"
  })
  void whatIsStoredIsReadableAtAnyTime(Instant time, Instant stored) {
    long millis = time.toEpochMilli();
    ShardState state =
        new ShardState(
            Origin.at(time),
            1,
            Position.before(time),
            Place.TAIL,
            millis,
            STATE.known(),
            Optional.of(new SurplusSpan(millis, millis, millis)),
            List.of(new LeftOut(time, time)));
    ShardState read = OffsetCodec.state(OffsetCodec.offset(state));
    assertThat(read.origin()).isEqualTo(Origin.at(stored));
    assertThat(read.frontier()).isEqualTo(Position.before(stored));
    assertThat(read.completeAfter()).isEqualTo(stored.toEpochMilli());
    assertThat(read.surplus()).map(SurplusSpan::seenMillis).contains(stored.toEpochMilli());
    assertThat(read.leftOut()).containsExactly(new LeftOut(stored, stored));
  }

  @Test
  void aSurplusWithoutAnEndHasNoneWhenItIsStoredAgain() {
    Map<String, Object> older = new HashMap<>(OffsetCodec.offset(STATE));
    older.remove("surplusTo");
    ShardState state = OffsetCodec.state(older);
    assertThat(state.surplus()).map(SurplusSpan::toMillis).contains(SurplusSpan.NO_BOUND);
    assertThat(OffsetCodec.state(OffsetCodec.offset(state))).isEqualTo(state);
  }

  @Test
  void anOffsetIsPutTogetherWhenItIsRead() {
    AtomicInteger times = new AtomicInteger();
    Map<String, Object> offset =
        new StoredOffset(() -> Map.of("time", (Object) times.incrementAndGet()));
    assertThat(times).hasValue(0);
    assertThat(offset).containsKey("time").hasSize(1);
    assertThat(offset.get("time")).isEqualTo(times.get());
    assertThat(offset.entrySet()).extracting(Map.Entry::getKey).containsExactly("time");
    assertThat(offset).doesNotContainKey("other");
  }

  @Test
  void holdsPrimitivesOnlyAsConnectDemands() {
    assertThat(OffsetCodec.offset(7, STATE).values())
        .allMatch(
            value ->
                value instanceof String || value instanceof Integer || value instanceof Boolean);
    assertThat(OffsetCodec.partition("w", "c", 7).values())
        .allMatch(value -> value instanceof String);
  }

  /** A worker finds an offset by these bytes; offsets set by hand pass the converter once more. */
  @Test
  void aPartitionBecomesTheSameBytesEverywhere() {
    try (JsonConverter converter = new JsonConverter()) {
      converter.configure(Map.of("schemas.enable", "false"), true);
      String channel = "{\"channelId\":\"c\",\"workspaceId\":\"w\"}";
      String shard = "{\"shard\":\"7\",\"channelId\":\"c\",\"workspaceId\":\"w\"}";
      assertThat(json(converter, OffsetCodec.partition("w", "c"))).isEqualTo(channel);
      assertThat(json(converter, OffsetCodec.partition("w", "c", 7))).isEqualTo(shard);
      String byHand = "{\"workspaceId\":\"w\",\"shard\":\"7\",\"channelId\":\"c\"}";
      assertThat(normalized(converter, channel)).isEqualTo(channel);
      assertThat(normalized(converter, shard)).isEqualTo(shard);
      assertThat(normalized(converter, byHand)).isEqualTo(shard);
    }
  }

  private static String normalized(JsonConverter converter, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return json(converter, converter.toConnectData("offsets", bytes).value());
  }

  private static String json(JsonConverter converter, Object partition) {
    return new String(
        converter.fromConnectData("offsets", null, partition), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version|2|version 2",
        "createdAt|yesterday|createdAt is no time",
        "startTimestamp|tomorrow|startTimestamp is no time",
        "startTimestamp||startTimestamp is missing",
        "completeAfter|12000-01-01T00:00:00Z|completeAfter is no time",
        "run|-1|run is no whole number",
        "phase|sideways|sideways",
        "messageId||messageId is missing",
        "surplusFrom|yesterday|surplusFrom is no time",
        "surplusTo|tomorrow|surplusTo is no time",
        "surplusSeen||surplusSeen is missing",
        "leftOut|2031-03-01T13:00:00Z|leftOut has no two times",
        "leftOut|2031-03-01T13:00:00Z/tomorrow|leftOut is no time",
        "known||known is missing"
      })
  void saysWhatItCannotRead(String field, String value, String sentence) {
    Map<String, Object> offset = new HashMap<>(OffsetCodec.offset(STATE));
    boolean number = field.equals("version") || field.equals("run");
    offset.put(field, number ? Integer.valueOf(value) : value);
    assertThatThrownBy(() -> OffsetCodec.state(offset))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }

  /** A change of these would tear apart what is stored; it needs another version. */
  @Test
  void theShardOfAnIdIsForGood() {
    assertThat(Shards.COUNT).isEqualTo(64);
    assertThat(Shards.of("5d7d2f0e-9a3b-4f0b-8d0c-2b7c5a1e9f01")).isEqualTo(56);
    assertThat(Shards.of("9f0b6a3e-7d51-4c0a-8a59-1c2d3e4f5a60")).isEqualTo(51);
  }
}
