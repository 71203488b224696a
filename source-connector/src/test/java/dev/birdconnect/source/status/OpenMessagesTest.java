package dev.birdconnect.source.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.client.message.MessageStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenMessagesTest {

  private static final List<String> STATUSES =
      List.of("accepted", "scheduled", "processing", "sent", "delivered", "rejected", "a.b,c~ü");

  private static OpenMessage message(Random random, String id) {
    long agesFrom = random.nextInt() * 3L;
    if (random.nextInt(4) == 0) {
      return new OpenMessage(id, agesFrom, Optional.empty());
    }
    MessageStatus status = new MessageStatus(STATUSES.get(random.nextInt(STATUSES.size())));
    long at = agesFrom * 1_000 + random.nextInt();
    return new OpenMessage(
        id, agesFrom, Optional.of(new EmittedStatus(status, at, 1 + random.nextInt(50))));
  }

  /** Adding, replacing and removing in any order leaves a text that says what is in. */
  @Property(tries = 200)
  void theTextIsAlwaysCurrent(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> ids = new ArrayList<>(List.of("not a uuid, but an id", "ABCDEF00", ""));
    for (int i = 0; i < 8; i++) {
      ids.add(new UUID(random.nextLong(), random.nextLong()).toString());
    }
    OpenMessages open = new OpenMessages(List.of());
    Map<String, OpenMessage> expected = new LinkedHashMap<>();
    for (int i = 0; i < 60; i++) {
      String id = ids.get(random.nextInt(ids.size()));
      if (random.nextInt(3) == 0) {
        open.remove(id);
        expected.remove(id);
      } else {
        OpenMessage message = message(random, id);
        open.put(message);
        expected.put(id, message);
      }
      if (random.nextInt(3) > 0) {
        assertThat(OpenText.parse(open.text()))
            .containsExactlyInAnyOrderElementsOf(expected.values());
      }
      assertThat(open.size()).isEqualTo(expected.size());
      assertThat(open.all()).containsExactlyInAnyOrderElementsOf(expected.values());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a.b.c", "AAAA.1", ".", "~!!.1", "~YQ.1.q.1.1", ","})
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> OpenText.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
