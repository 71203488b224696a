package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.source.position.OffsetCodec;
import dev.birdconnect.source.position.Phase;
import dev.birdconnect.source.position.Shards;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChannelMemoryTest {

  private static final Place TAIL = new Place(Phase.TAIL, Optional.empty());

  private final FakeChannel channel = new FakeChannel();
  private final List<Emission> out = new ArrayList<>();

  private void look(ChannelMemory memory, String id) {
    memory.look(new Sighting(channel.message(channel.get(id)), TAIL), channel.now(), out::add);
  }

  @Test
  void theOldestAreClosedWhenThereAreTooMany() {
    ChannelMemory memory = new ChannelMemory(Map.of(), Duration.ofDays(3), 100, 1_000);
    for (int i = 0; i < 101; i++) {
      String id = "m%03d".formatted(i);
      channel.pass(Duration.ofSeconds(1));
      channel.add(id, "sent");
      look(memory, id);
    }
    assertThat(memory.closeBeyondRoom()).isEqualTo(6);
    assertThat(memory.open()).hasSize(95);
    assertThat(memory.follows("m005")).isFalse();
    assertThat(memory.follows("m006")).isTrue();
    assertThat(memory.closeBeyondRoom()).isZero();
  }

  @Test
  void anOffsetStaysFarBelowOneMegabyte() {
    Random random = new Random(1);
    ChannelMemory memory = new ChannelMemory(Map.of(), Duration.ofDays(3), Shards.MOST_OPEN, 1_000);
    for (int i = 0; i < Shards.MOST_OPEN; i++) {
      String id = new UUID(random.nextLong(), random.nextLong()).toString();
      channel.add(id, "sent").step("processing", channel.now().plusSeconds(40_000));
      look(memory, id);
      if (out.size() > 1_000) {
        out.subList(0, 900).clear();
      }
    }
    int longest =
        out.stream()
            .mapToInt(emission -> OffsetCodec.offset(emission.state()).toString().length())
            .max()
            .orElseThrow();
    assertThat(longest).isLessThan(20_000);
  }
}
