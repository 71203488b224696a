package dev.birdconnect.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.client.verdict.ConflictRule;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionConfigTest {

  private static final Map<String, String> GOOD =
      Map.of(
          "bird.access.key", "key-in-clear",
          "bird.workspace.id", "5d7d2f0e-9a3b-4f0b-8d0c-2b7c5a1e9f01");

  private static ConfigDef definition() {
    ConfigDef definition = new ConfigDef();
    ConnectionConfig.define(definition, 10, Optional.of(500));
    return definition;
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> settings = new HashMap<>(GOOD);
    settings.put(name, value);
    return settings;
  }

  private static List<String> complaints(Map<String, String> settings, String name) {
    return definition().validate(settings).stream()
        .filter(value -> value.name().equals(name))
        .map(ConfigValue::errorMessages)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void keyAndWorkspaceAreEnough() {
    ConnectionConfig config = new ConnectionConfig(new AbstractConfig(definition(), GOOD, false));
    assertThat(config.workspaceId()).isEqualTo("5d7d2f0e-9a3b-4f0b-8d0c-2b7c5a1e9f01");
    assertThat(config.requestTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.liveValidation()).isTrue();
    config.open(4, ConflictRule.REJECT, "config-test").close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bird.workspace.id|my-workspace|has to be an id",
        "bird.access.key|''|has to be the access key",
        "bird.access.key|a key|has to be the access key",
        "bird.api.url|api.bird.com|http:// or https://",
        "bird.api.url|https://api.bird.com/v1|without a path",
        "bird.api.url|https://user:secret@api.bird.com|http:// or https://",
        "bird.http.request.timeout.ms|-1|at least 100 and no more than 300000",
        "bird.http.request.timeout.ms|99|at least 100",
        "bird.http.request.timeout.ms|300001|no more than 300000",
        "bird.http.request.timeout.ms|soon|Not a number",
        "bird.rate.get.per.second|0|at least",
        "bird.rate.post.per.second|-5|at least",
        "bird.proxy.port|0|at least",
        "bird.ssl.truststore.type|PEM|PKCS12"
      })
  void saysOnTheFieldWhatIsWrong(String name, String value, String sentence) {
    assertThat(complaints(with(name, value), name))
        .singleElement()
        .asString()
        .contains(sentence)
        .contains(name);
  }

  @ParameterizedTest
  @CsvSource({"bird.access.key", "bird.workspace.id"})
  void whatIsMissingIsSaidOnce(String name) {
    Map<String, String> settings = new HashMap<>(GOOD);
    settings.remove(name);
    assertThat(complaints(settings, name)).singleElement().asString().contains(name);
  }

  @ParameterizedTest
  @CsvSource({"100", "300000"})
  void boundsBelongToTheRange(String timeout) {
    assertThat(
            complaints(
                with("bird.http.request.timeout.ms", timeout), "bird.http.request.timeout.ms"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2000, 2", "20000, 20", "60000, 20"})
  void validationWaitsAsLongAsACallAndNoLongerThanTwentySeconds(String timeout, long seconds) {
    ConnectionConfig config =
        new ConnectionConfig(
            new AbstractConfig(definition(), with("bird.http.request.timeout.ms", timeout), false));
    assertThat(config.validationPatience()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void neverShowsTheKey() {
    assertThat(complaints(with("bird.access.key", "key in clear"), "bird.access.key").toString())
        .doesNotContain("key in clear");
  }

  @Test
  void aStoreThatCannotBeReadIsNamed() {
    ConnectionConfig config =
        new ConnectionConfig(
            new AbstractConfig(
                definition(), with("bird.ssl.truststore.location", "missing.p12"), false));
    assertThatThrownBy(() -> config.open(4, ConflictRule.REJECT, "config-test"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("missing.p12");
  }

  @Test
  void aConnectorThatOnlyReadsHasNoRateOfSends() {
    ConfigDef definition = new ConfigDef();
    ConnectionConfig.define(definition, 40, Optional.empty());
    assertThat(definition.names()).doesNotContain("bird.rate.post.per.second");
    new ConnectionConfig(new AbstractConfig(definition, GOOD, false))
        .open(4, ConflictRule.REJECT, "config-test")
        .close();
  }

  @Test
  void everySettingHasGroupNameAndText() {
    definition()
        .configKeys()
        .values()
        .forEach(
            key -> {
              assertThat(key.group).as(key.name).isNotBlank();
              assertThat(key.displayName).as(key.name).isNotEqualTo(key.name);
              assertThat(key.documentation).as(key.name).endsWith(".");
            });
  }

  @Test
  void theReferencePageListsEverySettingOnceAndNoPassword() {
    String page = ConfigReference.markdown("Settings", definition());
    definition()
        .names()
        .forEach(name -> assertThat(page.split("`" + name + "`", -1)).as(name).hasSize(2));
    assertThat(page).contains("| **required** |").contains("`https://api.bird.com`");
  }

  @Test
  void theVersionIsTheBuilds() {
    assertThat(PluginVersion.get()).matches("\\d+\\.\\d+\\.\\d+.*");
  }
}
