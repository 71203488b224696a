package dev.birdconnect.sink.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BareLabelsTest {

  private static Mark labelled(String label) {
    return Mark.of(FakeList.reference(0, 7), label);
  }

  @Test
  void twoHundredThousandAreRememberedAndBeyondAnyRecordWithALabelMayBeThere() {
    BareLabels bare = new BareLabels();
    for (int i = 0; i < 200_000; i++) {
      bare.add("order-" + i);
    }
    assertThat(bare.mayHold(labelled("order-199999"))).isTrue();
    assertThat(bare.mayHold(labelled("another"))).isFalse();

    bare.add("one more");

    assertThat(bare.mayHold(labelled("another"))).isTrue();
    assertThat(bare.mayHold(new Mark(FakeList.reference(0, 7), Mark.NO_LABEL))).isFalse();
  }
}
