package dev.birdconnect.source.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.PageReader;
import dev.birdconnect.source.position.ChannelState;
import dev.birdconnect.source.position.OffsetCodec;
import dev.birdconnect.source.position.Origin;
import dev.birdconnect.source.position.Place;
import dev.birdconnect.source.position.Shards;
import dev.birdconnect.source.status.KnownMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import okio.ByteString;
import org.junit.jupiter.api.Test;

class ChannelMemoryTest {

  private final FakeChannel channel = new FakeChannel();
  private final List<Emission> out = new ArrayList<>();

  private static ChannelMemory memory(int mostOpen) {
    return new ChannelMemory(
        ChannelState.NOTHING,
        Origin.EARLIEST,
        Run.settings(10, Run.MOST_KEPT),
        new ChannelMemory.Room(mostOpen, 0));
  }

  private void look(ChannelMemory memory, String id) {
    memory.look(
        new Sighting(channel.message(channel.get(id)), Place.TAIL), channel.now(), out::add);
  }

  @Test
  void theOldestLeaveTheOffsetsWhenThereAreTooMany() {
    ChannelMemory memory = memory(100);
    for (int i = 0; i < 101; i++) {
      String id = "m%03d".formatted(i);
      channel.pass(Duration.ofSeconds(1));
      channel.add(id, "sent");
      look(memory, id);
    }
    assertThat(memory.makeRoom(channel.now())).isEqualTo(6);
    assertThat(memory.open(channel.now())).hasSize(95);
    assertThat(memory.open(channel.now()))
        .extracting(KnownMessage::id)
        .doesNotContain("m005")
        .contains("m006");
    assertThat(memory.makeRoom(channel.now())).isZero();
  }

  @Test
  void anOffsetStaysFarBelowOneMegabyte() {
    Random random = new Random(1);
    ChannelMemory memory = memory(Shards.MOST_OPEN);
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

  /** Most messages of a sweep are known: what makes reading them cheap is that they stay bytes. */
  @Test
  void aMessageIsLookedAtWithoutBeingReadWhole() throws Exception {
    ChannelMemory memory = memory(100);
    String json = channel.message(channel.add("m", "sent")).resource().toString();
    Message message =
        PageReader.read(ByteString.encodeUtf8("{\"results\":[" + json + "]}")).results().get(0);

    memory.look(new Sighting(message, Place.TAIL), channel.now(), out::add);
    memory.look(new Sighting(message, Place.TAIL), channel.now(), out::add);
    assertThat(memory.isNews(message, channel.now())).isFalse();

    assertThat(out).hasSize(2);
    assertThat(message.whole().toString()).endsWith("bytes]");
  }
}
