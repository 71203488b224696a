package dev.birdconnect.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.message.Channel;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class PlatformReaderTest {

  private static final ChannelAddress CHANNEL = new ChannelAddress("w", "c");

  private final FakeApi api = new FakeApi();
  private final FakeTimer timer = new FakeTimer();
  private final List<Optional<String>> told = new ArrayList<>();
  private final PlatformReader reader =
      new PlatformReader(
          api,
          timer,
          new RetrySchedule(Duration.ofMillis(100), Duration.ofSeconds(1), () -> 1.0),
          (address, platform) -> told.add(platform));

  private static ReadOutcome<Channel> platform(String id) {
    return new ReadOutcome.Found<>(
        new Channel("c", JsonNodeFactory.instance.objectNode().put("platformId", id)),
        Optional.empty());
  }

  private static ReadOutcome<Channel> unavailable(Optional<Duration> retryAfter) {
    return new ReadOutcome.Unavailable<>(Reason.of("503"), retryAfter);
  }

  @Test
  void whatCannotBeHadNowIsReadAgain() {
    api.channelAnswers.add(unavailable(Optional.empty()));
    api.channelAnswers.add(unavailable(Optional.of(Duration.ofSeconds(9))));
    api.channelAnswers.add(platform("sms"));

    reader.begin(CHANNEL);
    assertThat(api.channelReads).isEqualTo(1);
    timer.advance(Duration.ofMillis(100));
    assertThat(api.channelReads).isEqualTo(2);
    timer.advance(Duration.ofMillis(8_999));
    assertThat(api.channelReads).as("as long as the API asks to wait").isEqualTo(2);
    assertThat(told).isEmpty();
    timer.advance(Duration.ofMillis(1));

    assertThat(told).containsExactly(Optional.of("sms"));
  }

  @Test
  void afterSoManyTriesNobodyTells() {
    for (int i = 0; i < PlatformReader.MOST_TRIES; i++) {
      api.channelAnswers.add(unavailable(Optional.empty()));
    }
    reader.begin(CHANNEL);
    timer.advance(Duration.ofMillis(100 + 200 + 400 + 800 + 3 * 1000 - 1));
    assertThat(told).isEmpty();
    timer.advance(Duration.ofMillis(1));
    assertThat(told).containsExactly(Optional.empty());
  }

  @Test
  void aKeyThatMayNotReadTheChannelIsUsedOnce() {
    api.channelAnswers.add(new ReadOutcome.Denied<>(Reason.of("403")));
    reader.begin(CHANNEL);
    assertThat(told).containsExactly(Optional.empty());
    assertThat(api.channelReads).isEqualTo(1);
  }

  @Test
  void closingCancelsWhatIsUnderWay() {
    List<String> cancelled = new ArrayList<>();
    CompletableFuture<ReadOutcome<Channel>> outcome = new CompletableFuture<>();
    UnusedApi slow =
        new UnusedApi() {
          @Override
          public ApiCall<ReadOutcome<Channel>> channel(ChannelAddress address) {
            return new ApiCall<>() {
              @Override
              public CompletionStage<ReadOutcome<Channel>> outcome() {
                return outcome;
              }

              @Override
              public void cancel() {
                cancelled.add(address.channelId());
              }
            };
          }
        };
    PlatformReader underWay =
        new PlatformReader(
            slow,
            timer,
            new RetrySchedule(Duration.ofMillis(100), Duration.ofSeconds(1), () -> 1.0),
            (address, platform) -> told.add(platform));
    underWay.begin(CHANNEL);
    underWay.close();
    outcome.complete(platform("sms"));

    assertThat(cancelled).containsExactly("c");
    assertThat(told).isEmpty();
  }

  @Test
  void afterClosingNothingIsReadAndNothingTold() {
    api.channelAnswers.add(unavailable(Optional.empty()));
    reader.begin(CHANNEL);
    reader.close();
    timer.advance(Duration.ofSeconds(1));
    reader.begin(CHANNEL);
    assertThat(api.channelReads).isEqualTo(1);
    assertThat(told).isEmpty();
  }
}
