package dev.birdconnect.source.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffsetCodecTest {

  private static final ShardState STATE =
      new ShardState(
          new Position(Instant.parse("2031-03-01T13:00:00.123456789Z"), "m1"),
          Phase.BACK_FILL,
          Optional.of("token"),
          "~YQ.1");

  @Test
  void keepsEverythingNanosecondsIncluded() {
    assertThat(OffsetCodec.state(OffsetCodec.offset(STATE))).isEqualTo(STATE);
    ShardState tail = new ShardState(STATE.frontier(), Phase.TAIL, Optional.empty(), "");
    assertThat(OffsetCodec.state(OffsetCodec.offset(tail))).isEqualTo(tail);
  }

  @Test
  void holdsPrimitivesOnlyAsConnectDemands() {
    assertThat(OffsetCodec.offset(STATE).values())
        .allMatch(value -> value instanceof String || value instanceof Integer);
    assertThat(OffsetCodec.partition("w", "c", 7).values())
        .allMatch(value -> value instanceof String);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version|2|version 2",
        "createdAt|yesterday|no time",
        "phase|sideways|sideways",
        "messageId||messageId",
        "open||open"
      })
  void saysWhatItCannotRead(String field, String value, String sentence) {
    Map<String, Object> offset = new HashMap<>(OffsetCodec.offset(STATE));
    offset.put(field, field.equals("version") ? Integer.valueOf(value) : value);
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
