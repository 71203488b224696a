package dev.birdconnect.sink.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.common.reference.RecordReference;
import org.junit.jupiter.api.Test;

class MarkTest {

  private static final RecordReference ONE = FakeList.reference(0, 7);
  private static final RecordReference MADE_ANEW =
      new RecordReference(ONE.namespace(), ONE.topic(), ONE.partition(), ONE.offset(), "other");

  @Test
  void equalMarksAreEqualInCoordinatesAndLabel() {
    assertThat(Mark.of(ONE, "order-1"))
        .isEqualTo(Mark.of(FakeList.reference(0, 7), "order-1"))
        .hasSameHashCodeAs(Mark.of(FakeList.reference(0, 7), "order-1"))
        .isNotEqualTo(Mark.of(ONE, "order-2"))
        .isNotEqualTo(Mark.of(FakeList.reference(0, 8), "order-1"))
        .isNotEqualTo(Mark.of(MADE_ANEW, "order-1"))
        .isNotEqualTo(Mark.of(ONE, ONE.label()));
  }

  @Test
  void theCoordinatesAsReferenceAreNoLabel() {
    assertThat(Mark.of(ONE, ONE.label())).isEqualTo(new Mark(ONE, Mark.NO_LABEL));
    assertThat(Mark.hash("order-1")).isNotEqualTo(Mark.NO_LABEL);
  }

  @Test
  void theFingerprintTellsGuardsAndLabelsApart() {
    assertThat(Mark.of(ONE, "order-1").fingerprint())
        .isEqualTo(Mark.of(FakeList.reference(0, 7), "order-1").fingerprint())
        .isNotEqualTo(Mark.of(ONE, "order-2").fingerprint())
        .isNotEqualTo(Mark.of(MADE_ANEW, "order-1").fingerprint());
  }
}
