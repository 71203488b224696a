package dev.birdconnect.common.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.common.config.LiveCheck.Need;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
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

  private static final Duration LONG = Duration.ofSeconds(60);

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Map<String, List<String>> check(String url, Duration patience, Need... needs) {
    return checking(
        url,
        patience,
        check ->
            check.check(
                WORKSPACE, List.of(CHANNEL), "bird.channel.id", Set.copyOf(Arrays.asList(needs))));
  }

  private static Map<String, List<String>> checking(
      String url, Duration patience, Function<LiveCheck, Map<String, List<String>>> action) {
    ConfigDef definition = new ConfigDef();
    ConnectionConfig.define(definition, 50, Optional.of(500));
    Map<String, String> settings = new HashMap<>();
    settings.put("bird.access.key", "key-in-clear");
    settings.put("bird.workspace.id", WORKSPACE);
    settings.put("bird.api.url", url);
    ConnectionConfig config = new ConnectionConfig(new AbstractConfig(definition, settings, false));
    try (var api = config.open(4, ConflictRule.REJECT, "live-check-test")) {
      return action.apply(new LiveCheck(api, api, patience));
    }
  }

  /** What the server answers, by method and the end of the path. */
  private void answer(Map<String, Integer> statuses) {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            String path = request.getUrl().encodedPath();
            String call = request.getMethod() + " " + path.substring(path.lastIndexOf('/') + 1);
            if (request.getMethod().equals("GET") && path.endsWith(CHANNEL)) {
              call = "GET channel";
            } else if (path.endsWith("/batch/messages")) {
              call = "POST batch";
            }
            asked.add(call);
            int status = statuses.getOrDefault(call, request.getMethod().equals("GET") ? 200 : 422);
            String body =
                call.equals("GET channel") ? "{\"id\": \"" + CHANNEL + "\"}" : "{\"results\": []}";
            return new MockResponse.Builder().code(status).body(status == 200 ? body : "").build();
          }
        });
  }

  private Map<String, List<String>> check(Map<String, Integer> statuses, Need... needs) {
    answer(statuses);
    return check(server.url("/").toString(), LONG, needs);
  }

  private static void assertOne(
      Map<String, List<String>> complaints, String field, String... parts) {
    assertThat(complaints).containsOnlyKeys(field);
    assertThat(complaints.get(field))
        .singleElement()
        .satisfies(
            sentence ->
                assertThat(sentence).contains(parts).endsWith(".").doesNotContain("key-in-clear"));
  }

  @Test
  void saysNothingWhenAllIsWell() {
    assertThat(check(Map.of(), Need.values())).isEmpty();
    assertThat(asked)
        .containsExactlyInAnyOrder(
            "GET messages", "POST messages", "POST batch", "POST presigned-upload");
  }

  @Test
  void asksForNoRightThatIsNotNeeded() {
    assertThat(check(Map.of(), Need.LIST)).isEmpty();
    assertThat(asked).containsExactly("GET messages");
  }

  @Test
  void saysThatSomethingElseAnswersAtTheAddress() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().body("<html>Please log in</html>").build();
          }
        });
    assertOne(
        check(server.url("/").toString(), LONG, Need.LIST),
        "bird.api.url",
        "is not the Channels API");
  }

  @ParameterizedTest
  @CsvSource({
    "401, bird.access.key, not accepted",
    "403, bird.workspace.id, has no rights here",
    "422, bird.channel.id, cannot be read",
    "503, bird.api.url, cannot be used at this address",
    "301, bird.api.url, it sends elsewhere"
  })
  void putsTheComplaintOnTheRightField(int status, String field, String sentence) {
    assertOne(
        check(
            Map.of(
                "GET messages", status,
                "GET channel", status,
                "GET channels", status,
                "POST messages", status),
            Need.LIST,
            Need.SEND),
        field,
        sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "SEND, POST messages, send through, POST /workspaces/{workspaceId}/channels/{channelId}/messages",
    "SEND_BATCH, POST batch, send batches through, POST /workspaces/{workspaceId}/channels/{channelId}/batch/messages",
    "UPLOAD, POST presigned-upload, upload media for, POST /workspaces/{workspaceId}/channels/{channelId}/presigned-upload"
  })
  void namesARightThatIsMissing(Need need, String call, String doing, String remedy) {
    assertOne(
        check(Map.of(call, 403), Need.LIST, need), "bird.access.key", "may not " + doing, remedy);
  }

  @Test
  void namesTheRightToListWhereTheChannelCanBeRead() {
    Map<String, Integer> noList = Map.of("GET messages", 403);
    assertOne(
        check(noList, Need.LIST, Need.SEND),
        "bird.access.key",
        "may not read the messages of",
        "GET /workspaces/{workspaceId}/channels/{channelId}/messages");
    assertThat(check(noList, Need.SEND)).as("it is not needed").isEmpty();
  }

  @Test
  void namesEachRightThatIsMissing() {
    assertThat(check(Map.of("GET messages", 403, "POST messages", 403), Need.LIST, Need.SEND))
        .containsOnlyKeys("bird.access.key")
        .hasEntrySatisfying("bird.access.key", sentences -> assertThat(sentences).hasSize(2));
  }

  @Test
  void aKeyThatMayOnlyListAndSendIsRight() {
    assertThat(check(Map.of("GET channel", 403, "GET channels", 403), Need.LIST, Need.SEND))
        .isEmpty();
    assertThat(check(Map.of("GET messages", 403, "GET channel", 403), Need.SEND)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"400", "404", "409", "413", "429", "500", "503", "202"})
  void whatAProbeLeavesOpenIsNoComplaint(int status) {
    assertThat(check(Map.of("POST messages", status), Need.LIST, Need.SEND)).isEmpty();
  }

  @Test
  void tooManyRequestsAreNoFaultOfTheConfiguration() {
    assertThat(check(Map.of("GET messages", 429, "POST messages", 429), Need.LIST, Need.SEND))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "200, bird.channel.id, has no channel",
    "403, bird.channel.id, has no channel",
    "404, bird.workspace.id, no workspace"
  })
  void tellsAMissingChannelFromAMissingWorkspace(int listStatus, String field, String sentence) {
    Map<String, Integer> statuses = Map.of("GET messages", 404, "GET channels", listStatus);
    assertOne(check(statuses, Need.LIST, Need.SEND), field, sentence);
    statuses = Map.of("GET messages", 403, "GET channel", 404, "GET channels", listStatus);
    assertOne(check(statuses, Need.LIST, Need.SEND), field, sentence);
  }

  private Map<String, List<String>> checkWorkspace(Map<String, Integer> statuses) {
    answer(statuses);
    return checking(server.url("/").toString(), LONG, check -> check.checkWorkspace(WORKSPACE));
  }

  @Test
  void withoutAChannelTheWorkspaceIsChecked() {
    assertThat(checkWorkspace(Map.of())).isEmpty();
    assertOne(checkWorkspace(Map.of("GET channels", 401)), "bird.access.key", "not accepted");
    assertOne(checkWorkspace(Map.of("GET channels", 404)), "bird.workspace.id", "no workspace");
    assertThat(checkWorkspace(Map.of("GET channels", 403, "POST messages", 404))).isEmpty();
    assertThat(checkWorkspace(Map.of("GET channels", 403, "POST messages", 422))).isEmpty();
    assertOne(
        checkWorkspace(Map.of("GET channels", 403, "POST messages", 403)),
        "bird.workspace.id",
        "has no rights here");
  }

  @Test
  void aProbeIsAnEmptyObject() throws Exception {
    check(Map.of(), Need.SEND);
    RecordedRequest first = server.takeRequest();
    RecordedRequest post = first.getMethod().equals("POST") ? first : server.takeRequest();
    assertThat(post.getBody().utf8()).isEqualTo("{}");
  }

  @Test
  void saysThatNobodyIsAtTheAddress() {
    assertThat(check("http://nowhere.invalid", LONG, Need.LIST)).containsOnlyKeys("bird.api.url");
  }

  @Test
  void isBoundedInTime() {
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    assertThat(check(server.url("/").toString(), Duration.ofMillis(200), Need.LIST))
        .hasEntrySatisfying(
            "bird.api.url",
            sentences -> assertThat(sentences).singleElement().asString().contains("200 ms"));
  }

  @Test
  void theSameComplaintAboutSeveralChannelsIsSaidOnce() {
    answer(Map.of("GET messages", 401));
    assertOne(
        checking(
            server.url("/").toString(),
            LONG,
            check ->
                check.check(WORKSPACE, List.of(CHANNEL, WORKSPACE), "bird.channel.id", Set.of())),
        "bird.access.key",
        "not accepted");
  }

  @Test
  void channelsForWhichTheTimeWasTooShortAreNoComplaint() {
    server.enqueue(new MockResponse.Builder().body("{\"results\": []}").build());
    server.enqueue(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    assertThat(
            checking(
                server.url("/").toString(),
                Duration.ofSeconds(1),
                check ->
                    check.check(
                        WORKSPACE, List.of(CHANNEL, WORKSPACE), "bird.channel.id", Set.of())))
        .isEmpty();
  }
}
