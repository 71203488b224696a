package dev.birdconnect.source.position;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.source.position.InteractionState.Emitted;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OffsetCheckTest {

  private static final String MESSAGE = "5d7d2f0e-9a3b-4f0b-8d0c-2b7c5a1e9f01";
  private static final int SHARD = 56;
  private static final Map<String, Object> CHANNEL = OffsetCodec.partition("w", "c");

  private final OffsetCheck check = new OffsetCheck("w", Optional.of(List.of("b", "c")));

  private static Map<String, Object> state() {
    Position frontier = new Position(Instant.parse("2031-03-01T13:00:00Z"), MESSAGE);
    return new HashMap<>(OffsetCodec.offset(ShardState.none(Origin.EARLIEST, frontier)));
  }

  private void assertRefused(Map<String, ?> partition, Map<String, ?> offset, String sentence) {
    assertThatThrownBy(() -> check.check(partition, offset))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The offset of the partition ")
        .hasMessageContaining(sentence);
  }

  @Test
  void whatTheConnectorStoresCanBeSet() {
    Position frontier = new Position(Instant.parse("2031-03-01T13:00:00Z"), MESSAGE);
    Map<String, Object> taken =
        OffsetCodec.offset(SHARD, ShardState.none(Origin.EARLIEST, frontier));
    assertThatCode(() -> check.check(OffsetCodec.partition("w", "c", SHARD), state()))
        .doesNotThrowAnyException();
    assertThatCode(() -> check.check(CHANNEL, taken)).doesNotThrowAnyException();
  }

  @Test
  void aStartNeedsATimeWithItsZoneAndNothingElse() {
    for (String time : List.of("2031-03-01T13:00:00Z", "2031-03-01T13:00:00.123456789+01:00")) {
      assertThatCode(() -> check.check(CHANNEL, Map.of("startTimestamp", time)))
          .doesNotThrowAnyException();
    }
    for (Object time : List.of("yesterday", "2031-03-01T13:00:00", "2031-03-01", "")) {
      assertRefused(CHANNEL, Map.of("startTimestamp", time), "startTimestamp is no time such as");
    }
    for (String beyond : List.of("0000-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00")) {
      assertRefused(CHANNEL, Map.of("startTimestamp", beyond), "startTimestamp is no time such as");
    }
    assertRefused(CHANNEL, Map.of("startTimestamp", 1_900_000_000L), "startTimestamp is no text");
    assertRefused(
        CHANNEL, Map.of("startTimestamp", "2031-03-01T13:00:00Z", "phase", "tail"), "alone");
    assertRefused(CHANNEL, Map.of(), "startTimestamp alone");
    assertRefused(CHANNEL, state(), "startTimestamp alone");
    assertRefused(
        OffsetCodec.partition("w", "c", SHARD),
        Map.of("startTimestamp", "2031-03-01T13:00:00Z"),
        "version null");
  }

  @Test
  void aPartitionIsOneThatTheConnectorReads() {
    assertRefused(Map.of("channelId", "c"), state(), "workspaceId and channelId");
    Map<String, Object> more = new HashMap<>(CHANNEL);
    more.put("topic", "t");
    assertRefused(more, state(), "workspaceId and channelId");
    assertRefused(OffsetCodec.partition("v", "c", SHARD), state(), "workspace w, not v");
    assertRefused(OffsetCodec.partition("w", "d", SHARD), state(), "its channels are [b, c]");
    for (Object shard : List.of("64", "-1", "07", "x", "")) {
      assertRefused(
          Map.of("workspaceId", "w", "channelId", "c", "shard", shard), state(), "\"0\" to \"63\"");
    }
    assertRefused(
        Map.of("workspaceId", "w", "channelId", "c", "shard", 7), state(), "shard is no text");
  }

  @Test
  void theStateOfAnotherShardIsRefused() {
    assertRefused(
        OffsetCodec.partition("w", "c", 7), state(), "messageId names a message of the shard 56");
    Map<String, Object> state = state();
    state.put("known", "XX0vDpo7TwuNDCt8Wh6fAQ.1.0");
    assertThatCode(() -> check.check(OffsetCodec.partition("w", "c", SHARD), state))
        .doesNotThrowAnyException();
    state.put("messageId", "");
    assertRefused(
        OffsetCodec.partition("w", "c", 7), state, "known names a message of the shard 56");
    state.put("known", "XX0vDpo7TwuNDCt8Wh6fAQ.1");
    assertRefused(OffsetCodec.partition("w", "c", SHARD), state, "not readable");
    state.put("version", 2);
    assertRefused(OffsetCodec.partition("w", "c", SHARD), state, "version 2");
  }

  @Test
  void theOffsetsOfInteractionsAreChecked() {
    int part = InteractionState.part(MESSAGE);
    Map<String, Object> partition = InteractionOffsets.partition("w", "c", part);
    Map<String, Object> state =
        InteractionOffsets.offset(
            new InteractionState(7, List.of(new Emitted(MESSAGE, 9, List.of("mark")))));
    assertThatCode(() -> check.check(partition, state)).doesNotThrowAnyException();
    assertRefused(
        InteractionOffsets.partition("w", "c", (part + 1) % InteractionState.PARTS),
        state,
        "known names a message of the part " + part);
    assertRefused(
        Map.of("workspaceId", "w", "channelId", "c", "interactionPart", "16"),
        state,
        "\"0\" to \"15\"");
    assertRefused(InteractionOffsets.partition("w", "d", part), state, "its channels are [b, c]");
    assertRefused(partition, Map.of("version", 1), "known of an offset of interactions");
    assertRefused(partition, Map.of("version", 2, "known", ""), "version 2");
    assertRefused(partition, Map.of("version", 1, "known", "m:1"), "not readable");
  }
}
