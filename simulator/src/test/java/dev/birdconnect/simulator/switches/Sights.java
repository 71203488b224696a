package dev.birdconnect.simulator.switches;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.Api.Reply;
import dev.birdconnect.simulator.contract.Json;
import java.net.http.HttpRequest;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values of switches, set by the control call and seen over HTTP. A probe asks something of the API
 * and says in short what it saw; each value has to give the sight that is written beside it.
 */
final class Sights {
  /** Asks something of the API and says what it saw. */
  interface Probe {
    String see(World world) throws Exception;
  }

  private record Expected(Probe probe, boolean limited, Map<String, String> byValue) {}

  private final Map<Switch, Expected> expected = new EnumMap<>(Switch.class);

  /** Values and their sights in turn. */
  void see(Switch of, Probe probe, String... valuesAndSights) {
    see(of, false, probe, valuesAndSights);
  }

  /** The same where the workspace has its rate limit. */
  void see(Switch of, boolean limited, Probe probe, String... valuesAndSights) {
    Map<String, String> byValue = new LinkedHashMap<>();
    for (int i = 0; i < valuesAndSights.length; i += 2) {
      byValue.put(valuesAndSights[i], valuesAndSights[i + 1]);
    }
    assertThat(expected.put(of, new Expected(probe, limited, byValue))).isNull();
  }

  /** The switches and their values. */
  Map<Switch, Map<String, String>> byValue() {
    Map<Switch, Map<String, String>> all = new EnumMap<>(Switch.class);
    expected.forEach((of, sights) -> all.put(of, sights.byValue()));
    return all;
  }

  /** One test for each value. */
  Stream<DynamicTest> tests() {
    return expected.entrySet().stream()
        .flatMap(
            of ->
                of.getValue().byValue().entrySet().stream()
                    .map(
                        value ->
                            DynamicTest.dynamicTest(
                                of.getKey().wireName() + "=" + value.getKey(),
                                () -> check(of.getKey(), value.getKey(), value.getValue()))));
  }

  private void check(Switch of, String value, String sight) throws Exception {
    Expected sights = expected.get(of);
    try (World world = new World(sights.limited())) {
      ObjectNode change = Json.mapper().createObjectNode().put(of.wireName(), value);
      Reply changed =
          world.api.call(
              world
                  .api
                  .request("/control/switches")
                  .method("PATCH", HttpRequest.BodyPublishers.ofString(change.toString())));
      assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
      assertThat(sights.probe().see(world)).isEqualTo(sight);
    }
  }
}
