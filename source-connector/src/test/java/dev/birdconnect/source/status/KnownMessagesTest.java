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

class KnownMessagesTest {

  private static final List<String> STATUSES =
      List.of("accepted", "scheduled", "processing", "sent", "delivered", "rejected", "a.b,c~ü");

  private static KnownMessage message(Random random, String id) {
    long createdAt = random.nextInt() * 3_000L + random.nextInt(1_000);
    long agesFrom = Math.floorDiv(createdAt, 1_000) + random.nextInt(2) * 86_400L;
    if (random.nextInt(4) == 0) {
      return new KnownMessage(id, createdAt, agesFrom, Optional.empty());
    }
    MessageStatus status = new MessageStatus(STATUSES.get(random.nextInt(STATUSES.size())));
    long at = createdAt + random.nextInt();
    return new KnownMessage(
        id,
        createdAt,
        agesFrom,
        Optional.of(new EmittedStatus(status, at, 1 + random.nextInt(50))));
  }

  /** Adding, replacing and removing in any order leaves a text that says what is in. */
  @Property(tries = 200)
  void theTextIsAlwaysCurrent(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> ids = new ArrayList<>(List.of("not a uuid, but an id", "ABCDEF00", ""));
    for (int i = 0; i < 8; i++) {
      ids.add(new UUID(random.nextLong(), random.nextLong()).toString());
    }
    KnownMessages open = new KnownMessages(List.of(), Long.MIN_VALUE);
    Map<String, KnownMessage> expected = new LinkedHashMap<>();
    KnownTexts taken = open.texts();
    String takenText = taken.text();
    for (int i = 0; i < 60; i++) {
      String id = ids.get(random.nextInt(ids.size()));
      if (random.nextInt(3) == 0) {
        open.get(id).ifPresent(open::forget);
        expected.remove(id);
      } else {
        KnownMessage message = message(random, id);
        open.put(message);
        expected.put(id, message);
      }
      assertThat(taken.text()).as("what was taken before").isEqualTo(takenText);
      if (random.nextInt(3) > 0) {
        taken = open.texts();
        takenText = taken.text();
        assertThat(KnownText.parse(open.texts().text()))
            .containsExactlyInAnyOrderElementsOf(expected.values());
      }
      assertThat(open.size()).isEqualTo(expected.size());
      assertThat(open.all()).containsExactlyInAnyOrderElementsOf(expected.values());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a.b.c.d", "AAAA.1.0", "..", "~!!.1.0", "~YQ.1.0.q.1.1", ","})
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> KnownText.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
