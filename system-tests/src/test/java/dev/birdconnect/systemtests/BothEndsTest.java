package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.systemtests.BothEnds.Fate;
import dev.birdconnect.systemtests.BothEnds.Made;
import dev.birdconnect.systemtests.BothEnds.Place;
import dev.birdconnect.systemtests.BothEnds.Produced;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The comparison of both ends tells each thing that can be wrong. */
class BothEndsTest {

  private static final TopicPartition P0 = new TopicPartition("orders", 0);
  private static final TopicPartition P1 = new TopicPartition("orders", 1);

  private final List<Produced> produced = new ArrayList<>();
  private final List<Made> made = new ArrayList<>();
  private final List<Place> letters = new ArrayList<>();
  private final Map<TopicPartition, Long> committed = new HashMap<>();

  /** Two partitions, two keys each: 20 messages, a dead letter and a tombstone in each. */
  BothEndsTest() {
    for (int offset = 0; offset < 22; offset++) {
      for (int partition = 0; partition < 2; partition++) {
        Place place = new Place("orders", partition, offset);
        int order = partition * 100 + offset;
        Fate fate = offset == 7 ? Fate.DEAD_LETTER : offset == 9 ? Fate.NOTHING : Fate.MESSAGE;
        produced.add(new Produced(place, "key-" + partition + "-" + offset % 2, order, fate));
        if (fate == Fate.MESSAGE) {
          made.add(message(partition, offset, "a", order));
        } else if (fate == Fate.DEAD_LETTER) {
          letters.add(place);
        }
      }
    }
    committed.put(P0, 22L);
    committed.put(P1, 22L);
  }

  private static Made message(int partition, long offset, String guard, int order) {
    return new Made("bk1:sink:orders:" + partition + ":" + offset + ":" + guard, order);
  }

  private List<String> wrong() {
    return new BothEnds("sink", produced).wrong(made, letters, committed);
  }

  private List<String> passedOver() {
    return new BothEnds("sink", produced).passedOver(committed, made, letters);
  }

  private int at(long offset) {
    for (int i = 0; i < made.size(); i++) {
      if (made.get(i).reference().startsWith("bk1:sink:orders:0:" + offset + ":")) {
        return i;
      }
    }
    throw new IllegalArgumentException("There is no such message.");
  }

  @Test
  void nothingIsWrongWhenAllIsAsItShouldBe() {
    assertThat(wrong()).isEmpty();
    assertThat(passedOver()).isEmpty();
    assertThat(new BothEnds("sink", produced).messages()).isEqualTo(40);
  }

  @Test
  void aLostRecordIsTold() {
    made.remove(at(3));
    assertThat(wrong()).containsExactly("1 0 messages instead of 1: [orders-0@3]");
    assertThat(passedOver()).containsExactly("1 committed, but not finished: [orders-0@3]");
  }

  @Test
  void aDoubledRecordIsTold() {
    made.add(made.get(at(3)));
    assertThat(wrong()).containsExactly("1 2 messages instead of 1: [orders-0@3]");
  }

  @Test
  void aRecordDoubledWithAnotherGuardIsTold() {
    made.add(message(0, 21, "b", 21));
    assertThat(wrong()).containsExactly("1 2 messages instead of 1: [orders-0@21]");
  }

  @Test
  void recordsOfOneKeyThatAreSwappedAreTold() {
    Collections.swap(made, at(2), at(4));
    assertThat(wrong()).containsExactly("1 out of order: [orders-0@2 after 4]");
  }

  @Test
  void recordsOfDifferentKeysMayBeSwapped() {
    Collections.swap(made, at(2), at(3));
    assertThat(wrong()).isEmpty();
  }

  @Test
  void aMessageWithTheTextOfAnotherRecordIsTold() {
    made.set(at(5), message(0, 5, "a", 6));
    assertThat(wrong()).containsExactly("1 not what the record says: [orders-0@5 says 6]");
  }

  @Test
  void messagesOfNoRecordAreTold() {
    made.add(message(0, 22, "a", 22));
    made.add(new Made("bk1:other:orders:0:3:a", 3));
    made.add(new Made("", 3));
    assertThat(wrong()).singleElement().asString().startsWith("3 made of no record: [");
  }

  @Test
  void aRecordThatShouldHaveBeenNoMessageIsTold() {
    made.add(at(10), message(0, 9, "a", 9));
    assertThat(wrong()).containsExactly("1 1 messages instead of 0: [orders-0@9]");
  }

  @Test
  void deadLettersThatAreMissingDoubledOrUncalledForAreTold() {
    letters.remove(0);
    letters.add(letters.get(0));
    letters.add(new Place("orders", 0, 3));
    letters.add(new Place("orders", 5, 3));
    assertThat(wrong())
        .containsExactly(
            "1 0 dead letters instead of 1: [orders-0@7]",
            "1 1 dead letters instead of 0: [orders-0@3]",
            "1 2 dead letters instead of 1: [orders-1@7]",
            "1 dead letter of no record: [orders-5@3]");
    assertThat(passedOver()).containsExactly("1 committed, but not finished: [orders-0@7]");
  }

  @Test
  void offsetsThatAreNotCommittedToTheEndAreTold() {
    committed.put(P0, 21L);
    committed.remove(P1);
    assertThat(wrong())
        .containsExactly(
            "2 not committed to its end: [orders-0 at 21 of 22, orders-1 at null of 22]");
    assertThat(passedOver()).isEmpty();
  }

  @Test
  void whatIsNotCommittedNeedNotBeFinished() {
    made.remove(at(21));
    committed.put(P0, 21L);
    committed.remove(P1);
    assertThat(passedOver()).isEmpty();
  }
}
