package dev.birdconnect.common.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReferenceTest {

  @Property
  void whatIsWrittenIsRead(
      @ForAll @AlphaChars @Chars({'-', '_', '.', ' '}) @StringLength(min = 1, max = 60)
          String namespace,
      @ForAll @AlphaChars @NumericChars @Chars({'-', '_', '.'}) @StringLength(min = 1, max = 249)
          String topic,
      @ForAll @IntRange(min = 0) int partition,
      @ForAll @LongRange(min = 0) long offset,
      @ForAll long timestamp) {
    RecordReference reference =
        new RecordReference(namespace, topic, partition, offset, RecordReference.guard(timestamp));
    assertThat(RecordReference.parse(reference.label())).contains(reference);
  }

  @Test
  void hasTheFixedForm() {
    assertThat(new RecordReference("bird-sink", "orders", 3, 42, "0").label())
        .isEqualTo("bk1:bird-sink:orders:3:42:0");
    assertThat(RecordReference.guard(0)).isEqualTo("af5570f5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "order-1001",
        "bk1:a:b:1:2",
        "bk2:a:b:1:2:ff",
        "bk1:a:b:c:2:ff",
        "bk1:a:b:-1:2:ff",
        "bk1:a:b:99999999999:2:ff",
        "bk1:a:b:1:9999999999999999999:ff",
        "bk1:a:b:1:2:ff:gg",
        "bk1:a:b:1:2:",
        "bk1:a:b:1:2:FF",
        "bk1:a:b:1:2:12345678901234567",
        "bk1:a:b:12345678901:2:ff",
        "bk1:a:b:00000000001:2:ff",
        "bk1:a:b:1:00000000000000000002:ff",
        "bk1:a:b:+1:2:ff",
        "bk1:a:b:1:\u0662:ff",
        "bk1:a::1:2:ff",
        "bk1:a:b:1::ff",
        "bk1::b:1:2:ff",
        "xbk1:a:b:1:2:ff"
      })
  void otherLabelsAreNobodysRecord(String label) {
    assertThat(RecordReference.parse(label)).isEmpty();
  }

  @Test
  void equalReferencesAreEqualInAllTheirParts() {
    RecordReference one = new RecordReference("n", "t", 0, 7, "g");
    assertThat(one)
        .isEqualTo(new RecordReference("n", "t", 0, 7, "g"))
        .hasSameHashCodeAs(new RecordReference("n", "t", 0, 7, "g"))
        .isNotEqualTo(new RecordReference("m", "t", 0, 7, "g"))
        .isNotEqualTo(new RecordReference("n", "u", 0, 7, "g"))
        .isNotEqualTo(new RecordReference("n", "t", 1, 7, "g"))
        .isNotEqualTo(new RecordReference("n", "t", 0, 8, "g"))
        .isNotEqualTo(new RecordReference("n", "t", 0, 7, "h"))
        .isNotEqualTo(one.label());
  }

  @Test
  void theGuardTellsATopicMadeAnew() {
    RecordReference before = new RecordReference("n", "t", 0, 7, RecordReference.guard(1));
    RecordReference after = new RecordReference("n", "t", 0, 7, RecordReference.guard(2));
    assertThat(before).isNotEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b"})
  void aNamespaceHasNoColon(String namespace) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RecordReference(namespace, "t", 0, 0, "0"));
  }
}
