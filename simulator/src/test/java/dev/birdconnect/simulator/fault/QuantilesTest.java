package dev.birdconnect.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.simulator.contract.Contract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuantilesTest {
  @Test
  void latenciesHaveTheAskedPercentiles() {
    Faults faults = new Faults(() -> 0);
    faults.add(
        FaultRule.latency(
            Map.of(
                50.0, Duration.ofMillis(100),
                95.0, Duration.ofMillis(400),
                99.0, Duration.ofSeconds(1))));
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      RequestFacts facts =
          new RequestFacts("POST", "/", Optional.empty(), Optional.empty(), List.of("r" + i));
      millis.add(faults.decide(facts).latency().toMillis());
    }
    millis.sort(Long::compare);
    assertThat(millis.get(10_000)).isBetween(95L, 105L);
    assertThat(millis.get(19_000)).isBetween(370L, 430L);
    assertThat(millis.get(19_800)).isBetween(850L, 1000L);
    assertThat(millis.get(19_999)).isLessThanOrEqualTo(1000L);
  }

  @Test
  void percentilesThatGoBackAreRefused() {
    assertThatThrownBy(
            () ->
                Quantiles.percentiles(
                    Map.of(50.0, Duration.ofMillis(2), 99.0, Duration.ofMillis(1))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Quantiles.percentiles(Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Quantiles.fixed(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyCallIsAnOperationOfTheDocument() {
    Contract document = Contract.channelsApi();
    for (ApiCall call : ApiCall.values()) {
      assertThat(ApiCall.named(call.wireName())).contains(call);
      assertThat(document.operation(call.operationId()).operationId())
          .isEqualTo(call.operationId());
    }
  }
}
