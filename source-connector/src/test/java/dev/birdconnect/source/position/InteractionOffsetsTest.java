package dev.birdconnect.source.position;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.source.position.InteractionState.Emitted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;

class InteractionOffsetsTest {

  @Property(tries = 300)
  void whatIsWrittenIsRead(
      @ForAll long forgotten,
      @ForAll @Size(max = 5) List<@NotEmpty String> ids,
      @ForAll @NotEmpty @Size(max = 4) List<@AlphaChars @NotEmpty String> marks) {
    List<Emitted> emitted = new ArrayList<>();
    for (String id : ids) {
      if (new String(id.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(id)) {
        emitted.add(new Emitted(id, id.hashCode(), marks));
      }
    }
    InteractionState state = new InteractionState(forgotten, emitted);
    assertThat(InteractionOffsets.state(InteractionOffsets.offset(state))).isEqualTo(state);
  }

  @Test
  void nothingIsWrittenAndRead() {
    Map<String, Object> offset = InteractionOffsets.offset(InteractionState.NOTHING);
    assertThat(InteractionOffsets.state(offset)).isEqualTo(InteractionState.NOTHING);
    assertThat(OffsetCodec.isOfChannel(InteractionOffsets.partition("w", "c", 3))).isFalse();
  }

  /** A worker finds an offset by these bytes; offsets set by hand pass the converter once more. */
  @Test
  void aPartitionBecomesTheSameBytesEverywhere() {
    try (JsonConverter converter = new JsonConverter()) {
      converter.configure(Map.of("schemas.enable", "false"), true);
      byte[] bytes =
          converter.fromConnectData("offsets", null, InteractionOffsets.partition("w", "c", 7));
      assertThat(new String(bytes, StandardCharsets.UTF_8))
          .isEqualTo("{\"interactionPart\":\"7\",\"channelId\":\"c\",\"workspaceId\":\"w\"}");
      byte[] byHand =
          "{\"workspaceId\":\"w\",\"channelId\":\"c\",\"interactionPart\":\"7\"}"
              .getBytes(StandardCharsets.UTF_8);
      Object read = converter.toConnectData("offsets", byHand).value();
      assertThat(converter.fromConnectData("offsets", null, read)).isEqualTo(bytes);
    }
  }
}
