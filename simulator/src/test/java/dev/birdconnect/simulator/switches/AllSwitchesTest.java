package dev.birdconnect.simulator.switches;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No switch, no value and no assumption is without a test. */
class AllSwitchesTest {
  @Test
  void everySwitchAndEveryValueHasATestAndEveryAssumptionASwitch() {
    Map<Switch, Map<String, String>> seen = new EnumMap<>(Switch.class);
    for (Sights sights :
        List.of(
            ListSwitchesTest.sights(),
            AccessSwitchesTest.sights(),
            SendSwitchesTest.sights(),
            LifeSwitchesTest.sights(),
            BatchSwitchesTest.sights(),
            UploadSwitchesTest.sights())) {
      sights
          .byValue()
          .forEach((of, byValue) -> assertThat(seen.put(of, byValue)).as(of.wireName()).isNull());
    }
    for (Switch of : Switch.values()) {
      Map<String, String> byValue = seen.get(of);
      assertThat(byValue).as(of.wireName()).isNotNull();
      if (of.range().isEmpty()) {
        assertThat(byValue.keySet())
            .containsExactlyInAnyOrderElementsOf(
                of.choices().stream().map(Choice::wireName).toList());
      } else {
        assertThat(byValue).containsKey(of.defaultText()).hasSizeGreaterThan(1);
      }
    }
    assertThat(Stream.of(Switch.values()).map(Switch::assumption).distinct()).hasSize(39);
  }
}
