package dev.birdconnect.source.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.PageReader;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.source.position.InteractionOffsets;
import dev.birdconnect.source.position.InteractionState;
import dev.birdconnect.source.reading.Observed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;
import org.junit.jupiter.api.Test;

class InteractionReaderTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ChannelAddress ADDRESS = new ChannelAddress("w", "c");
  private static final Instant MADE = Instant.parse("2031-03-01T13:00:00Z");
  private static final InteractionSettings SETTINGS =
      new InteractionSettings(Duration.ofDays(1), Duration.ofSeconds(5));

  private final FakeInteractions api = new FakeInteractions();
  private final Map<Integer, InteractionState> stored = new HashMap<>();
  private final List<String> emitted = new ArrayList<>();
  private final Observed observed = new Observed();
  private Instant now = MADE.plusSeconds(60);
  private InteractionReader reader = reader();

  private InteractionReader reader() {
    return new InteractionReader(
        api,
        ADDRESS,
        SETTINGS,
        Map.copyOf(stored),
        observed,
        () -> Duration.between(MADE, now).toNanos(),
        () -> 0.5,
        () -> {});
  }

  private static Message message(String id, String status, Instant createdAt) throws Exception {
    return Message.of(resource(id, status, createdAt));
  }

  private static ObjectNode resource(String id, String status, Instant createdAt) {
    return MAPPER
        .createObjectNode()
        .put("id", id)
        .put("channelId", "c")
        .put("status", status)
        .put("direction", "outgoing")
        .put("createdAt", createdAt.toString())
        .put("lastStatusAt", createdAt.toString());
  }

  private void seen(String... ids) throws Exception {
    for (String id : ids) {
      reader.seen(message(id, "delivered", MADE), now);
    }
  }

  /** Reads what is due and stores what is emitted. */
  private List<String> read() {
    reader.advance(now);
    api.answer();
    reader.advance(now);
    List<InteractionEmission> out = new ArrayList<>();
    reader.drainTo(out, 1_000, now);
    List<String> ids = new ArrayList<>();
    for (InteractionEmission emission : out) {
      ids.add(emission.eventId());
      stored.put(
          emission.part(), InteractionOffsets.state(InteractionOffsets.offset(emission.state())));
    }
    emitted.addAll(ids);
    return ids;
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  @Test
  void whatIsNotToBeFollowedIsNotReadWhole() throws Exception {
    List<Message> page =
        PageReader.read(
                ByteString.encodeUtf8(
                    MAPPER
                        .createObjectNode()
                        .set(
                            "results",
                            MAPPER
                                .createArrayNode()
                                .add(resource("followed", "delivered", MADE))
                                .add(resource("rejected", "rejected", MADE))
                                .add(resource("old", "delivered", MADE.minus(Duration.ofDays(2)))))
                        .toString()))
            .results();
    seen("followed");

    page.forEach(message -> reader.seen(message, now));

    assertThat(page)
        .hasSize(3)
        .allSatisfy(message -> assertThat(message.whole().toString()).endsWith("bytes]"));
  }

  @Test
  void everyInteractionIsEmittedOnce() throws Exception {
    seen("m");
    api.interact("m", "opened", "i1");
    assertThat(read()).containsExactly("m:interaction:i1");
    pass(Duration.ofMinutes(1));
    assertThat(read()).isEmpty();
    api.interact("m", "clicked", "i2");
    pass(Duration.ofMinutes(1));
    assertThat(read()).containsExactly("m:interaction:i2");
  }

  @Test
  void aRestartRepeatsAndMissesNothing() throws Exception {
    api.interact("m", "opened", "i1");
    seen("m", "n");
    read();
    api.interact("m", "clicked", "i2");
    api.interact("n", "opened", "i3");
    reader = reader();
    seen("m", "n");
    read();
    assertThat(emitted)
        .containsExactlyInAnyOrder("m:interaction:i1", "m:interaction:i2", "n:interaction:i3");
  }

  @Test
  void whatIsAlikeIsToldApartByItsPlace() throws Exception {
    ObjectNode bare = MAPPER.createObjectNode().put("type", "opened");
    api.interact("m", bare);
    seen("m");
    assertThat(read()).containsExactly("m:interaction:opened:-:1");
    api.interact("m", bare.deepCopy());
    pass(Duration.ofMinutes(1));
    assertThat(read()).containsExactly("m:interaction:opened:-:2");
  }

  @Test
  void aMessageIsReadAgainAfterATenthOfItsAge() throws Exception {
    seen("m");
    read();
    assertThat(api.asked()).containsExactly("m");
    pass(Duration.ofSeconds(5));
    read();
    assertThat(api.asked()).isEmpty();
    pass(Duration.ofSeconds(1));
    read();
    assertThat(api.asked()).containsExactly("m");
    pass(Duration.ofHours(20));
    read();
    assertThat(api.asked()).containsExactly("m");
    pass(Duration.ofMinutes(14));
    read();
    assertThat(api.asked()).isEmpty();
    pass(Duration.ofMinutes(1));
    read();
    assertThat(api.asked()).containsExactly("m");
    pass(Duration.ofHours(4));
    read();
    assertThat(api.asked()).as("older than a day").isEmpty();
  }

  @Test
  void onlyMessagesThatSomebodyHasAreAskedAbout() throws Exception {
    for (String status : List.of("accepted", "scheduled", "rejected", "delivery_failed")) {
      reader.seen(message(status, status, MADE), now);
    }
    ObjectNode incoming = resource("in", "delivered", MADE).put("direction", "incoming");
    reader.seen(Message.of(incoming), now);
    reader.seen(message("old", "delivered", now.minus(Duration.ofHours(25))), now);
    read();
    assertThat(api.asked()).isEmpty();
    reader.seen(message("accepted", "sent", MADE), now);
    ObjectNode scheduled =
        resource("later", "delivered", now.minus(Duration.ofDays(20)))
            .put("scheduledFor", MADE.toString());
    reader.seen(Message.of(scheduled), now);
    read();
    assertThat(api.asked()).containsExactlyInAnyOrder("accepted", "later");
  }

  @Test
  void aFewReadsAreUnderWayAndNoMoreBeforeWhatWasFoundIsTaken() throws Exception {
    for (int i = 0; i < 10; i++) {
      seen("m" + i);
      api.interact("m" + i, "opened", "i" + i);
    }
    reader.advance(now);
    assertThat(api.waiting()).isEqualTo(4);
    api.answer();
    reader.advance(now);
    int asked = api.asked().size();
    api.answer();
    reader.advance(now);
    reader.advance(now);
    assertThat(api.asked()).as("asked while what was found waits").isEmpty();
    assertThat(asked).isLessThanOrEqualTo(8);
    assertThat(reader.dueAt()).isLessThanOrEqualTo(Duration.between(MADE, now).toNanos());
    for (int i = 0; i < 5; i++) {
      read();
    }
    assertThat(emitted).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void afterAFailureItWaits() throws Exception {
    seen("m");
    api.interact("m", "opened", "i1");
    api.answerWith(
        Optional.of(
            new ReadOutcome.Unavailable<>(
                Reason.of("the API is down"), Optional.of(Duration.ofSeconds(30)))));
    read();
    api.answerWith(Optional.empty());
    pass(Duration.ofSeconds(29));
    assertThat(read()).isEmpty();
    assertThat(observed.timesFailed()).isEqualTo(1);
    pass(Duration.ofSeconds(1));
    assertThat(read()).containsExactly("m:interaction:i1");
  }

  @Test
  void withoutTheRightNothingMoreIsAsked() throws Exception {
    seen("m");
    api.answerWith(Optional.of(new ReadOutcome.Denied<>(Reason.of("403"))));
    read();
    api.asked();
    seen("n");
    pass(Duration.ofHours(1));
    read();
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void noAnswerIsTakenAfterTheOneThatTellsOfTheMissingRight() throws Exception {
    seen("m", "n");
    api.interact("m", "opened", "i1");
    api.interact("n", "opened", "i2");
    reader.advance(now);
    api.answerWith(Optional.of(new ReadOutcome.Denied<>(Reason.of("403"))));
    api.answerFirst();
    api.answerWith(Optional.empty());
    api.answer();
    assertThat(read()).isEmpty();
  }

  @Test
  void aMessageThatIsNotThereIsAskedAboutNoMoreOftenThanOthers() throws Exception {
    api.answerWith(Optional.of(new ReadOutcome.Missing<>(Reason.of("404"))));
    for (int sweep = 0; sweep < 20; sweep++) {
      seen("m");
      read();
      pass(Duration.ofSeconds(5));
    }
    assertThat(api.asked())
        .as("after a tenth of its age, from one to nearly three minutes")
        .hasSizeBetween(5, 12);
    pass(Duration.ofHours(24));
    seen("m");
    read();
    assertThat(api.asked()).as("older than a day").isEmpty();
  }

  @Test
  void aMessageThatIsGoneForGoodIsAskedAboutOnce() throws Exception {
    api.answerWith(Optional.of(new ReadOutcome.Missing<>(Reason.of("404"))));
    seen("m");
    for (int minute = 0; minute < 24 * 60; minute++) {
      read();
      pass(Duration.ofMinutes(1));
    }
    assertThat(api.asked()).containsExactly("m");
  }

  @Test
  void aMessageThatTheListShowsAgainIsAskedAboutAgain() throws Exception {
    api.interact("m", "opened", "i1");
    api.answerWith(Optional.of(new ReadOutcome.Missing<>(Reason.of("404"))));
    seen("m");
    read();
    api.answerWith(Optional.empty());
    seen("m");
    assertThat(read()).as("not before it is due").isEmpty();
    pass(Duration.ofMinutes(1));
    assertThat(read()).containsExactly("m:interaction:i1");

    api.answerWith(Optional.of(new ReadOutcome.Missing<>(Reason.of("404"))));
    pass(Duration.ofHours(1));
    read();
    pass(Duration.ofHours(1));
    read();
    api.answerWith(Optional.empty());
    api.interact("m", "clicked", "i2");
    seen("m");
    assertThat(read()).as("after it was forgotten").containsExactly("m:interaction:i2");
  }

  /** What is remembered is bounded: what is forgotten is not looked at again, so never repeated. */
  @Test
  void theOldestAreForgottenAndNotRepeated() throws Exception {
    for (int i = 0; i < 3_000; i++) {
      api.interact("m", "opened", "i" + i);
    }
    seen("m");
    while (!read().isEmpty()) {
      assertThat(emitted).doesNotHaveDuplicates();
    }
    assertThat(emitted).hasSize(2_001);
    int part = InteractionState.part("m");
    assertThat(stored.get(part).emitted()).isEmpty();
    reader = reader();
    seen("m");
    pass(Duration.ofMinutes(1));
    assertThat(read()).isEmpty();
  }

  @Test
  void whatIsTooOldLeavesTheOffsets() throws Exception {
    api.interact("m", "opened", "i1");
    seen("m");
    read();
    int part = InteractionState.part("m");
    String other = other(part);
    pass(Duration.ofHours(25));
    reader.seen(message(other, "delivered", now), now);
    api.interact(other, "opened", "i2");
    read();
    assertThat(stored.get(part).emitted())
        .extracting(InteractionState.Emitted::messageId)
        .containsExactly(other);
    assertThat(stored.get(part).forgottenUpTo()).isEqualTo(MADE.getEpochSecond());
  }

  private static String other(int part) {
    for (int i = 0; ; i++) {
      if (InteractionState.part("n" + i) == part) {
        return "n" + i;
      }
    }
  }
}
