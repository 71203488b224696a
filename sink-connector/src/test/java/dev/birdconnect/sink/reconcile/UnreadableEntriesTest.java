package dev.birdconnect.sink.reconcile;

import static dev.birdconnect.sink.reconcile.FakeList.START;
import static dev.birdconnect.sink.reconcile.FakeList.reference;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.reconcile.EarlierSends.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What a listing makes of entries that cannot be read. */
class UnreadableEntriesTest {

  private static final PartitionId P0 = new PartitionId("orders", 0);
  private static final Duration MARGIN = Duration.ofSeconds(5);
  private static final Mark SOUGHT = new Mark(reference(0, 7), Mark.NO_LABEL);
  private static final JsonNode NOTHING = JsonNodeFactory.instance.nullNode();

  private final FakeList list = FakeList.newestFirst(3);

  private static ObjectNode entry() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  private Findings read(Questions questions) {
    Listing listing =
        new Listing("shop", new ListingLimits(1_000, MARGIN), ListDirection.UNKNOWN, questions);
    return list.read(listing, Optional.of(at(100)), 0, () -> {});
  }

  /** Looks for a send that began ten seconds before the list is read. */
  private Findings look(Mark mark) {
    UnknownSend send = new UnknownSend(mark, -Duration.ofSeconds(10).toNanos());
    return read(new Questions(List.of(send), List.of()));
  }

  private EarlierSends takeOver(long first) {
    Takeover takeover = new Takeover(P0, first, Optional.empty(), false);
    return read(new Questions(List.of(), List.of(takeover))).earlier().get(P0);
  }

  private void messages(int from, int to) {
    for (int second = from; second < to; second++) {
      list.add("somebody else's", at(second));
    }
  }

  @Test
  void oneThatShowsItsReferenceIsProofEnough() {
    messages(0, 95);
    list.addUnreadable(entry().put("reference", SOUGHT.coordinates().label()), at(95));
    messages(95, 100);

    assertThat(look(SOUGHT).found())
        .containsEntry(
            SOUGHT, new SentMessage(Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(takeOver(0).of(SOUGHT)).isEqualTo(Finding.SENT);
  }

  @Test
  void whatCanBeReadOfItIsKept() {
    ObjectNode entry = entry().put("reference", SOUGHT.coordinates().label()).put("id", "m7");
    list.addUnreadable(entry.put("createdAt", at(95).toString()), at(95));

    assertThat(look(SOUGHT).found().get(SOUGHT))
        .isEqualTo(new SentMessage(Optional.of("m7"), Optional.of(at(95)), Optional.empty()));
  }

  @Test
  void oneWithoutAReferenceMayBeAnySendThatWasNotFound() {
    messages(0, 95);
    list.addUnreadable(NOTHING, at(95));
    messages(95, 100);

    assertThat(look(SOUGHT).open()).containsExactly(SOUGHT);
  }

  @Test
  void oneWithoutAReferenceIsNotASendThatWasFound() {
    list.addUnreadable(NOTHING, at(95));
    list.add(SOUGHT.coordinates(), at(96));

    assertThat(look(SOUGHT).found()).containsOnlyKeys(SOUGHT);
    assertThat(look(SOUGHT).open()).isEmpty();
  }

  @Test
  void byItsPlaceItMayBeOlderThanTheSend() {
    messages(0, 70);
    list.addUnreadable(NOTHING, at(70));
    messages(70, 82);
    list.addUnreadable(NOTHING, at(82));
    messages(83, 100);

    Findings findings = look(SOUGHT);
    assertThat(findings.open()).isEmpty();
    assertThat(findings.found()).isEmpty();
  }

  @Test
  void byItsOwnTimeItMayBeOlderThanTheSend() {
    messages(0, 100);
    list.addUnreadable(entry().put("createdAt", at(60).toString()), at(100));
    assertThat(look(SOUGHT).open()).isEmpty();
  }

  @Test
  void incomingAndUnlabelledOnesAreNobodysSend() {
    messages(0, 95);
    list.addUnreadable(entry().put("direction", "incoming"), at(95));
    list.addUnreadable(entry().put("reference", ""), at(96));
    list.addUnreadable(entry().put("reference", "somebody else's"), at(97));

    assertThat(look(SOUGHT).open()).isEmpty();
    assertThat(takeOver(0).of(SOUGHT)).isEqualTo(Finding.NOT_SENT);
  }

  @Test
  void coordinatesWithoutTheLabelLeaveJustThatSendInDoubt() {
    ObjectNode entry = entry().put("reference", 7);
    entry
        .putObject("meta")
        .putObject("extraInformation")
        .put(RecordReference.FIELD, reference(0, 7).label());
    list.addUnreadable(entry, at(95));

    Mark labelled = Mark.of(reference(0, 7), "order-1");
    assertThat(look(labelled).open()).containsExactly(labelled);
    assertThat(look(Mark.of(reference(0, 8), "order-1")).open()).isEmpty();
    assertThat(takeOver(0).of(labelled)).isEqualTo(Finding.IN_DOUBT);
    assertThat(takeOver(0).of(Mark.of(reference(0, 8), "order-1"))).isEqualTo(Finding.NOT_SENT);
  }

  @Test
  void whereTheOrderIsNotKnownItsPlaceTellsNothing() {
    list.addUnreadable(NOTHING, at(50));
    assertThat(look(SOUGHT).open()).containsExactly(SOUGHT);
  }

  @Test
  void aTakeoverDoubtsWhatMayBeSentASpanAboveTheLargestSeen() {
    list.add(reference(0, 20), at(1));
    list.addUnreadable(NOTHING, at(2));
    EarlierSends earlier = takeOver(10);

    long last = 20 + RecordReference.SPAN;
    assertThat(earlier.of(new Mark(reference(0, 20), Mark.NO_LABEL))).isEqualTo(Finding.SENT);
    assertThat(earlier.of(new Mark(reference(0, 11), Mark.NO_LABEL))).isEqualTo(Finding.IN_DOUBT);
    assertThat(earlier.of(new Mark(reference(0, last), Mark.NO_LABEL))).isEqualTo(Finding.IN_DOUBT);
    assertThat(earlier.of(new Mark(reference(0, last + 1), Mark.NO_LABEL)))
        .isEqualTo(Finding.NOT_SENT);
  }

  @Test
  void aTakeoverDoubtsNothingForWhatIsOlderThanAllInQuestion() {
    list.addUnreadable(NOTHING, at(10));
    list.add(reference(0, 0), at(11));
    list.add(reference(0, 1), at(20));
    messages(20, 40);

    assertThat(takeOver(RecordReference.SPAN + 2).of(new Mark(reference(0, 99_999), Mark.NO_LABEL)))
        .isEqualTo(Finding.NOT_SENT);
  }

  @Property(tries = 100)
  void nothingThatWasSentIsTakenForNotSent(
      @ForAll @IntRange(min = 1, max = 40) int pageSize,
      @ForAll boolean newestFirst,
      @ForAll Random random) {
    FakeList any = new FakeList(newestFirst, false, false, pageSize);
    int sends = 60;
    for (int offset = 0; offset < sends; offset++) {
      Instant time = at(random.nextInt(3) + offset);
      JsonNode whole = entry().put("reference", reference(0, offset).label());
      switch (random.nextInt(4)) {
        case 0 -> any.addUnreadable(NOTHING, time);
        case 1 -> any.addUnreadable(whole, time);
        default -> any.add(reference(0, offset), time);
      }
    }
    any.oldestFirst.sort(Comparator.comparing(Message::createdAt));
    long first = random.nextInt(sends);
    Mark sought = new Mark(reference(0, random.nextInt(sends)), Mark.NO_LABEL);
    long ago = Duration.ofSeconds(sends + 2 - sought.coordinates().offset()).toNanos();
    Listing listing =
        new Listing(
            "shop",
            new ListingLimits(1_000, MARGIN),
            ListDirection.UNKNOWN,
            new Questions(
                List.of(new UnknownSend(sought, -ago)),
                List.of(new Takeover(P0, first, Optional.empty(), false))));
    Findings findings = any.read(listing, Optional.of(at(sends + 2)), 0, () -> {});

    assertThat(findings.found().containsKey(sought) || findings.open().contains(sought)).isTrue();
    for (long offset = first; offset < sends; offset++) {
      Mark mark = new Mark(reference(0, offset), Mark.NO_LABEL);
      assertThat(findings.earlier().get(P0).of(mark)).isNotEqualTo(Finding.NOT_SENT);
    }
  }
}
