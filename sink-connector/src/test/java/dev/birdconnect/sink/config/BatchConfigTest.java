package dev.birdconnect.sink.config;

import static dev.birdconnect.sink.config.Configurations.errors;
import static dev.birdconnect.sink.config.Configurations.right;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchConfigTest {

  @ParameterizedTest
  @CsvSource({
    "send.mode, bulk, 'single, batch'",
    "send.mode, '', 'single, batch'",
    "send.mode, BATCH, 'single, batch'",
    "batch.max.sends, 0, at least 1",
    "batch.max.sends, -1, at least 1",
    "batch.max.sends, 101, no more than 100",
    "batch.max.sends, all, Not a number of type INT",
    "batch.max.sends, 1.5, Not a number of type INT",
    "batch.linger.ms, -1, at least 0",
    "batch.linger.ms, 10001, no more than 10000",
    "batch.linger.ms, 5 ms, Not a number of type INT",
    "batch.order, sorted, 'any, array'",
    "batch.order, '', 'any, array'",
    "batch.result.timeout.ms, -1, at least 0",
    "batch.result.timeout.ms, 3600001, no more than 3600000",
    "batch.result.timeout.ms, soon, Not a number of type INT",
  })
  void aBadValueGivesASentenceOnItsFieldThatSaysWhatIsRight(
      String setting, String value, String right) {
    Map<String, String> properties = right("send.mode", "batch");
    properties.put(setting, value);

    Map<String, List<String>> errors = errors(properties);

    assertThat(errors).containsOnlyKeys(setting);
    assertThat(errors.get(setting)).first().asString().contains(setting, right);
    assertThatThrownBy(() -> new SinkConfig(properties))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(setting, right);
  }

  @ParameterizedTest
  @CsvSource({
    "batch.max.sends, 10",
    "batch.linger.ms, 10",
    "batch.order, array",
    "batch.result.timeout.ms, 1000",
  })
  void aSettingThatSingleSendsDoNotUseSaysWhichModeDoes(String setting, String value) {
    Map<String, List<String>> errors = errors(right(setting, value));

    assertThat(errors).containsOnlyKeys(setting);
    assertThat(errors.get(setting)).singleElement().asString().contains("send.mode=batch");
    assertThat(errors(right("send.mode", "batch", setting, value))).isEmpty();
    assertThatThrownBy(() -> new SinkConfig(right(setting, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(setting, "send.mode=batch");
  }

  @Test
  void whatIsSetIsUsed() {
    BatchConfig batches =
        new SinkConfig(
                right(
                    "send.mode", "batch",
                    "batch.max.sends", "40",
                    "batch.linger.ms", "7",
                    "batch.order", "array",
                    "batch.result.timeout.ms", "1500"))
            .batches();

    assertThat(batches.batches()).isTrue();
    assertThat(batches.maxSends()).isEqualTo(40);
    assertThat(batches.linger()).isEqualTo(Duration.ofMillis(7));
    assertThat(batches.arrayOrder()).isTrue();
    assertThat(batches.resultTimeout()).isEqualTo(Duration.ofMillis(1500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"single", "batch"})
  void theModeIsWhatIsSaid(String mode) {
    assertThat(new SinkConfig(right("send.mode", mode)).batches().batches())
        .isEqualTo(mode.equals("batch"));
    assertThat(new SinkConfig(right()).batches().batches()).isFalse();
  }
}
