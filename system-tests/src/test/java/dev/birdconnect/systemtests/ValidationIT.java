package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.SimulatorSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.runtime.rest.entities.ConfigInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConfigInfos;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad configurations, posted to a real worker's {@code validate}. */
class ValidationIT {

  private static ConnectStack stack;

  @BeforeAll
  static void start() {
    stack = ConnectStack.start(SimulatorSettings.demo().withoutRateLimits());
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  private static Map<String, String> settings(String kind) {
    Map<String, String> settings =
        kind.equals("sink") ? stack.sinkSettings("orders") : stack.sourceSettings("bird");
    settings.put("name", "bird-" + kind);
    return settings;
  }

  private static Map<String, List<String>> errors(Map<String, String> settings) {
    ConfigInfos answer =
        stack.connect().validateConnectorConfig(settings.get("connector.class"), settings);
    return answer.configs().stream()
        .filter(info -> !info.configValue().errors().isEmpty())
        .collect(
            Collectors.toMap(
                info -> info.configValue().name(), info -> info.configValue().errors()));
  }

  @ParameterizedTest
  @CsvSource({"sink", "source"})
  void aGoodConfigurationHasNoErrors(String kind) {
    assertThat(errors(settings(kind))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sink|bird.api.url|http://localhost:1|cannot be reached",
        "sink|bird.api.url|not an address|http:// or https://",
        "sink|bird.access.key|wrong-key|not accepted",
        "sink|bird.access.key|''|access key",
        "sink|bird.workspace.id|7a5d3b8f-7c2e-4d40-8b68-3e9f2c8d6b11|no workspace",
        "sink|bird.workspace.id|workspace|has to be an id",
        "sink|bird.channel.id|7a5d3b8f-7c2e-4d40-8b68-3e9f2c8d6b11|has no channel",
        "sink|bird.channel.id|sms|has to be an id",
        "sink|max.in.flight|-1|at least",
        "sink|bird.http.request.timeout.ms|-5|at least",
        "sink|bird.rate.post.per.second|-1|at least",
        "sink|retry.backoff.initial.ms|-1|at least",
        "sink|reference.namespace|a:b|colon",
        "sink|behavior.on.null.values|explode|ignore",
        "sink|message.format|morse|request",
        "source|bird.api.url|http://localhost:1|cannot be reached",
        "source|bird.access.key|wrong-key|not accepted",
        "source|bird.workspace.id|7a5d3b8f-7c2e-4d40-8b68-3e9f2c8d6b11|no workspace",
        "source|bird.channel.ids|7a5d3b8f-7c2e-4d40-8b68-3e9f2c8d6b11|has no channel",
        "source|bird.channel.ids|''|at least one",
        "source|bird.channel.ids|sms|list of ids",
        "source|poll.interval.ms|-1|at least",
        "source|overlap.ms|-1|at least",
        "source|status.max.age.ms|-1|at least",
        "source|topic.prefix|a b|topic"
      })
  void aBadSettingIsAnsweredOnItsFieldInASentence(
      String kind, String name, String value, String sentence) {
    Map<String, String> settings = settings(kind);
    settings.put(name, value);

    Map<String, List<String>> errors = errors(settings);

    assertThat(errors).containsOnlyKeys(name);
    assertThat(errors.get(name)).singleElement().asString().contains(sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "sink, bird.access.key",
    "sink, bird.workspace.id",
    "sink, bird.channel.id",
    "source, bird.access.key",
    "source, bird.workspace.id",
    "source, bird.channel.ids",
    "source, topic.prefix"
  })
  void aMissingSettingIsNamed(String kind, String name) {
    Map<String, String> settings = settings(kind);
    settings.remove(name);
    assertThat(errors(settings)).containsKey(name);
  }

  @Test
  void theLiveCheckCanBeSwitchedOff() {
    Map<String, String> settings = settings("sink");
    settings.put("bird.api.url", "http://localhost:1");
    settings.put("bird.validate.live", "false");
    assertThat(errors(settings)).isEmpty();
  }

  @Test
  void everySettingOfOursHasItsGroupAndDisplayName() {
    for (String kind : List.of("sink", "source")) {
      Map<String, String> settings = new HashMap<>(settings(kind));
      ConfigInfos answer =
          stack.connect().validateConnectorConfig(settings.get("connector.class"), settings);
      List<ConfigInfo> ours =
          answer.configs().stream()
              .filter(info -> info.configKey() != null)
              .filter(info -> info.configKey().name().startsWith("bird."))
              .toList();
      assertThat(ours).hasSizeGreaterThan(10);
      assertThat(ours)
          .allSatisfy(
              info -> {
                assertThat(info.configKey().group()).isNotBlank();
                assertThat(info.configKey().displayName()).isNotEqualTo(info.configKey().name());
              });
    }
  }
}
