package dev.birdconnect.source.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.message.UnreadableEntry;
import dev.birdconnect.client.message.UnreadableResourceException;
import dev.birdconnect.source.workspace.WorkspaceList.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How far down a reading goes, and what it says of what it has not shown. */
class HeadReadingTest {

  private static final Instant NOON = Instant.parse("2031-03-01T12:00:00Z");
  private static final String CHANNEL = "c";

  private static ObjectNode resource(int second) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", "m" + second)
        .put("channelId", CHANNEL)
        .put("status", "sent")
        .put("createdAt", at(second).toString())
        .put("lastStatusAt", at(second).toString());
  }

  private static Instant at(int second) {
    return NOON.plusSeconds(second);
  }

  /** A page of messages made at these seconds. */
  private static Page page(boolean last, int... seconds) {
    List<Message> results = new ArrayList<>();
    for (int second : seconds) {
      try {
        results.add(Message.of(resource(second)));
      } catch (UnreadableResourceException e) {
        throw new IllegalStateException(e);
      }
    }
    return page(new MessagePage(results, last ? Optional.empty() : Optional.of("next")));
  }

  private static Page page(MessagePage page) {
    return new Page(page, NOON, 1, 2, true);
  }

  private static HeadReading reading(Optional<Instant> bound, Witness... witnesses) {
    return new HeadReading(bound, List.of(witnesses), 3);
  }

  private static Witness witness(int second) {
    return new Witness(CHANNEL, "m" + second, at(second));
  }

  @Test
  void itGoesOnUntilAMessageIsOlderThanTheBound() {
    HeadReading reading = reading(Optional.of(at(10)));
    reading.accept(page(false, 14, 12, 10));
    assertThat(reading.isThrough()).as("others of that time may follow").isFalse();
    assertThat(reading.covers()).isFalse();
    assertThat(reading.pageToken()).contains("next");
    reading.accept(page(false, 10, 9));
    assertThat(reading.isThrough()).isTrue();
    assertThat(reading.covers()).isTrue();
  }

  @Test
  void theEndOfTheListCoversAll() {
    HeadReading reading = reading(Optional.of(at(10)));
    reading.accept(page(true, 14, 12));
    assertThat(reading.isThrough()).isTrue();
    assertThat(reading.covers()).isTrue();
  }

  @Test
  void itEndsAfterSoManyPagesWithoutHavingCoveredAll() {
    HeadReading reading = reading(Optional.of(at(10)));
    reading.accept(page(false, 30));
    reading.accept(page(false, 29));
    assertThat(reading.isThrough()).isFalse();
    reading.accept(page(false, 28));
    assertThat(reading.isThrough()).isTrue();
    assertThat(reading.covers()).isFalse();
  }

  @Test
  void withoutABoundTheHeadIsEnoughAndCoversNothing() {
    HeadReading reading = reading(Optional.empty());
    reading.accept(page(false, 30));
    assertThat(reading.isThrough()).isTrue();
    assertThat(reading.covers()).isFalse();
  }

  @Test
  void itGoesDownToTheWitnessesAndTellsOfOneThatIsMissing() {
    HeadReading reading = reading(Optional.of(at(10)), witness(5), witness(11));
    reading.accept(page(false, 11, 9));
    assertThat(reading.covers()).isTrue();
    assertThat(reading.isThrough()).isFalse();
    assertThat(reading.notShown()).as("its place has not come").isEmpty();
    reading.accept(page(false, 5));
    assertThat(reading.isThrough()).isFalse();
    reading.accept(page(false, 4));
    assertThat(reading.notShown()).isEmpty();

    HeadReading other = reading(Optional.of(at(10)), witness(11));
    other.accept(page(false, 12, 9));
    assertThat(other.notShown()).contains(witness(11));
  }

  @Test
  void aWitnessShownAsAnotherChannelsIsMissing() {
    HeadReading reading = reading(Optional.of(at(10)), new Witness("other", "m11", at(11)));
    reading.accept(page(false, 11, 9));
    assertThat(reading.notShown()).isPresent();
  }

  @Test
  void aWitnessThatCannotBeReadIsShown() {
    HeadReading reading = reading(Optional.of(at(10)), witness(11));
    UnreadableEntry entry = new UnreadableEntry(0, "the field status is missing", resource(11));
    reading.accept(page(new MessagePage(List.of(), List.of(entry), Optional.empty())));
    assertThat(reading.notShown()).isEmpty();
  }

  @Test
  void aPageGoesFromNewerToOlderMessages() {
    assertThat(reading(Optional.empty()).accept(page(false, 3, 3, 2))).isTrue();
    assertThat(reading(Optional.empty()).accept(page(false, 3, 2, 3))).isFalse();

    Page whole = page(true, 2, 3);
    assertThat(reading(Optional.empty()).accept(new Page(whole.page(), NOON, 1, 2, false)))
        .as("a list of one page")
        .isTrue();
  }
}
