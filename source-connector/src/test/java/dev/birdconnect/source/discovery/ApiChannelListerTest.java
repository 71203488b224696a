package dev.birdconnect.source.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.ChannelsClient;
import dev.birdconnect.client.message.Channel;
import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.account.ChannelSettings;
import dev.birdconnect.simulator.fault.ApiCall;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.source.config.SourceConfig;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The list of channels over HTTP. */
class ApiChannelListerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String OTHER_WORKSPACE = "99999999-9999-4999-8999-999999999999";

  private final Simulator simulator = Simulator.start(SimulatorSettings.demo().withoutRateLimits());

  @AfterEach
  void close() {
    simulator.close();
  }

  private static ChannelsClient client(String url) {
    return client(url, 2);
  }

  private static ChannelsClient client(String url, int callsAtOnce) {
    return new SourceConfig(
            Map.of(
                "bird.api.url",
                url,
                "bird.access.key",
                SimulatorSettings.DEMO_ACCESS_KEY,
                "bird.workspace.id",
                SimulatorSettings.DEMO_WORKSPACE_ID,
                "bird.channel.discovery",
                "workspace",
                "bird.http.request.timeout.ms",
                "60000",
                "topic.prefix",
                "bird"))
        .connection()
        .open(callsAtOnce, ConflictRule.REJECT, "listing");
  }

  private static Finding read(String url, String workspaceId, Predicate<Channel> wanted)
      throws InterruptedException {
    try (ChannelsClient client = client(url)) {
      return new ApiChannelLister(client, workspaceId, wanted, System::nanoTime).read(PATIENCE);
    }
  }

  private Finding read(Predicate<Channel> wanted) throws InterruptedException {
    return read(simulator.url().toString(), SimulatorSettings.DEMO_WORKSPACE_ID, wanted);
  }

  @Test
  void allPagesAreRead() throws Exception {
    Set<String> ids = new HashSet<>();
    ids.add(SimulatorSettings.DEMO_SMS_CHANNEL_ID);
    for (int i = 0; i < 230; i++) {
      UUID id = new UUID(7, i);
      ids.add(id.toString());
      simulator.addChannel(
          SimulatorSettings.DEMO_WORKSPACE_ID, ChannelSettings.of(id, "sms", "SMS " + i));
    }
    assertThat(read(channel -> channel.platformId().filter("sms"::equals).isPresent()))
        .isEqualTo(new Finding.Channels(ids, true));
    assertThat(simulator.traffic().total("GET", 200)).isEqualTo(3);
  }

  @Test
  void whyTheListCannotBeReadIsTold() throws Exception {
    simulator.inject(FaultRule.answer(403).onCall(ApiCall.LIST_CHANNELS).next(1));
    assertThat(read(channel -> true))
        .isInstanceOfSatisfying(
            Finding.Failed.class, failed -> assertThat(failed.reason()).contains("403"));
    assertThat(read(simulator.url().toString(), OTHER_WORKSPACE, channel -> true))
        .isInstanceOfSatisfying(
            Finding.Failed.class, failed -> assertThat(failed.reason()).contains("404"));
    simulator.inject(FaultRule.unavailable().onCall(ApiCall.LIST_CHANNELS).next(1));
    assertThat(read(channel -> true))
        .isInstanceOfSatisfying(
            Finding.Failed.class, failed -> assertThat(failed.reason()).contains("503"));
    assertThat(read(channel -> true)).isInstanceOf(Finding.Channels.class);
  }

  @Test
  void anAnswerThatDoesNotComeIsNotWaitedForLonger() throws Exception {
    simulator.inject(FaultRule.hang().onCall(ApiCall.LIST_CHANNELS));
    try (ChannelsClient client = client(simulator.url().toString())) {
      ApiChannelLister lister =
          new ApiChannelLister(
              client, SimulatorSettings.DEMO_WORKSPACE_ID, channel -> true, System::nanoTime);
      assertThat(lister.read(Duration.ofMillis(200)))
          .isEqualTo(new Finding.Failed("the Channels API did not answer in time"));
    }
  }

  /** With room for a single call at a time, the next one would wait for it. */
  @Test
  void aCallThatIsNoLongerWaitedForIsCancelled() throws Exception {
    String fault = simulator.inject(FaultRule.hang().onCall(ApiCall.LIST_CHANNELS));
    try (ChannelsClient client = client(simulator.url().toString(), 1)) {
      ApiChannelLister lister =
          new ApiChannelLister(
              client, SimulatorSettings.DEMO_WORKSPACE_ID, channel -> true, System::nanoTime);
      assertThat(lister.read(Duration.ofMillis(200))).isInstanceOf(Finding.Failed.class);
      simulator.faults().remove(fault);
      assertThat(lister.read(PATIENCE)).isInstanceOf(Finding.Channels.class);
    }
  }

  private static Finding readFrom(String... pages) throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      for (String page : pages) {
        server.enqueue(new MockResponse.Builder().body(page).build());
      }
      String url = "http://localhost:" + server.getPort();
      return read(url, SimulatorSettings.DEMO_WORKSPACE_ID, channel -> true);
    }
  }

  @Test
  void everyPageHasThePatienceOfItsOwn() throws Exception {
    Duration patience = Duration.ofSeconds(20);
    assertThat(readSlowly(lister -> lister.read(patience)))
        .isEqualTo(new Finding.Channels(Set.of("a", "b", "c"), true));
    assertThat(readSlowly(lister -> lister.readWithin(patience)))
        .as("all pages together")
        .isEqualTo(new Finding.Failed("the Channels API did not answer in time"));
  }

  private static final Map<String, String> THREE_PAGES =
      Map.of(
          "", "{\"results\": [{\"id\": \"a\"}], \"nextPageToken\": \"1\"}",
          "1", "{\"results\": [{\"id\": \"b\"}], \"nextPageToken\": \"2\"}",
          "2", "{\"results\": [{\"id\": \"c\"}]}");

  private interface Reading {
    Finding of(ApiChannelLister lister) throws InterruptedException;
  }

  /** Three pages, by a clock on which each of them takes 15 seconds. */
  private static Finding readSlowly(Reading reading) throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      AtomicLong now = new AtomicLong();
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              now.addAndGet(Duration.ofSeconds(15).toNanos());
              String token = request.getUrl().queryParameter("pageToken");
              return new MockResponse.Builder()
                  .body(token == null ? THREE_PAGES.get("") : THREE_PAGES.get(token))
                  .headersDelay(300, TimeUnit.MILLISECONDS)
                  .build();
            }
          });
      server.start();
      try (ChannelsClient client = client("http://localhost:" + server.getPort())) {
        return reading.of(
            new ApiChannelLister(
                client, SimulatorSettings.DEMO_WORKSPACE_ID, channel -> true, now::get));
      }
    }
  }

  @Test
  void anEmptyPageWithATokenIsNotTheEnd() throws Exception {
    assertThat(
            readFrom(
                "{\"results\": [{\"id\": \"a\"}], \"nextPageToken\": \"1\"}",
                "{\"results\": [], \"nextPageToken\": \"2\"}",
                "{\"results\": [{\"id\": \"b\"}]}"))
        .isEqualTo(new Finding.Channels(Set.of("a", "b"), true));
  }

  @Test
  void anEntryThatCannotBeReadLeavesTheOthers() throws Exception {
    assertThat(readFrom("{\"results\": [{\"id\": \"a\"}, {\"id\": 7}]}"))
        .isEqualTo(new Finding.Channels(Set.of("a"), false));
  }

  @Test
  void pagesInACircleAreAFailure() throws Exception {
    assertThat(
            readFrom(
                "{\"results\": [{\"id\": \"a\"}], \"nextPageToken\": \"1\"}",
                "{\"results\": [{\"id\": \"b\"}], \"nextPageToken\": \"1\"}"))
        .isEqualTo(new Finding.Failed("a page of the list of channels leads back to itself"));
  }
}
