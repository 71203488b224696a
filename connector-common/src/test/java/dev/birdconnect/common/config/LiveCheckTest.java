package dev.birdconnect.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.verdict.ConflictRule;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveCheckTest {

  private static final String WORKSPACE = "5d7d2f0e-9a3b-4f0b-8d0c-2b7c5a1e9f01";
  private static final String CHANNEL = "c1a0f9f2-3b7d-4a51-9d57-0e6c2b8a4d11";

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Map<String, List<String>> check(String url, Duration patience) {
    ConfigDef definition = new ConfigDef();
    ConnectionConfig.define(definition, 50, Optional.empty());
    Map<String, String> settings = new HashMap<>();
    settings.put("bird.access.key", "key-in-clear");
    settings.put("bird.workspace.id", WORKSPACE);
    settings.put("bird.api.url", url);
    ConnectionConfig config = new ConnectionConfig(new AbstractConfig(definition, settings, false));
    try (var api = config.open(4, ConflictRule.REJECT, "live-check-test")) {
      return new LiveCheck(api, patience).check(WORKSPACE, List.of(CHANNEL), "bird.channel.id");
    }
  }

  @Test
  void saysNothingWhenAllIsWell() {
    server.enqueue(new MockResponse.Builder().body("{\"id\": \"" + CHANNEL + "\"}").build());
    assertThat(check(server.url("/").toString(), Duration.ofSeconds(20))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "401, bird.access.key, not accepted",
    "403, bird.workspace.id, may not read",
    "422, bird.channel.id, cannot be read",
    "503, bird.api.url, cannot be reached",
    "301, bird.workspace.id, may not read"
  })
  void putsTheComplaintOnTheRightField(int status, String field, String sentence) {
    server.enqueue(new MockResponse.Builder().code(status).build());
    Map<String, List<String>> complaints =
        check(server.url("/").toString(), Duration.ofSeconds(20));
    assertThat(complaints).containsOnlyKeys(field);
    assertThat(complaints.get(field)).singleElement().asString().contains(sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "200, bird.channel.id, has no channel",
    "403, bird.channel.id, has no channel",
    "404, bird.workspace.id, no workspace"
  })
  void tellsAMissingChannelFromAMissingWorkspace(int listStatus, String field, String sentence) {
    server.enqueue(new MockResponse.Builder().code(404).build());
    server.enqueue(new MockResponse.Builder().code(listStatus).body("{\"results\": []}").build());
    Map<String, List<String>> complaints =
        check(server.url("/").toString(), Duration.ofSeconds(20));
    assertThat(complaints).containsOnlyKeys(field);
    assertThat(complaints.get(field)).singleElement().asString().contains(sentence);
  }

  @Test
  void saysThatNobodyIsAtTheAddress() {
    assertThat(check("http://nowhere.invalid", Duration.ofSeconds(20)))
        .containsOnlyKeys("bird.api.url");
  }

  @Test
  void isBoundedInTime() {
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    assertThat(check(server.url("/").toString(), Duration.ofMillis(200)))
        .hasEntrySatisfying(
            "bird.api.url",
            sentences -> assertThat(sentences).singleElement().asString().contains("200 ms"));
  }
}
