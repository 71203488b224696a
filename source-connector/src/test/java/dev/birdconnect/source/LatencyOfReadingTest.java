package dev.birdconnect.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.common.metrics.AllowedRate;
import dev.birdconnect.source.config.SourceConfig;
import dev.birdconnect.source.metrics.ReadingCounters;
import dev.birdconnect.source.metrics.SourceMetric;
import dev.birdconnect.source.metrics.TaskMetrics;
import dev.birdconnect.source.reading.FakeChannel;
import dev.birdconnect.source.workspace.WorkspaceUse;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the metrics of latency say of what real tasks read, by a clock that only waiting moves. */
class LatencyOfReadingTest {

  private static final double SOON = Duration.ofSeconds(15).toMillis();

  private final FakeChannel channel = new FakeChannel();
  private ReadingCounters counters = new ReadingCounters(channel::nanoTime);
  private FakeWorker worker;

  @AfterEach
  void close() {
    worker.close();
  }

  private void start(int pageSize) {
    worker =
        new FakeWorker(
            offsets -> task(pageSize, offsets), record -> false, FakeWorker.Reports.EACH);
  }

  private StartedSourceTask task(int pageSize, OffsetStorageReader offsets) {
    counters = new ReadingCounters(channel::nanoTime);
    return new StartedSourceTask(
        new SourceConfig(
            Map.of(
                "bird.access.key",
                "key",
                "bird.workspace.id",
                FakeChannel.ADDRESS.workspaceId(),
                "bird.channel.ids",
                FakeChannel.ADDRESS.channelId(),
                "topic.prefix",
                "bird",
                "page.size",
                Integer.toString(pageSize))),
        channel,
        offsets,
        counters,
        channel::nanoTime,
        () -> 1.0,
        new Waiting(),
        WorkspaceUse.USUAL);
  }

  /** Time passes by waiting. */
  private final class Waiting implements WakeUp {

    @Override
    public void wake() {}

    @Override
    public void await(long nanos) {
      channel.pass(Duration.ofNanos(nanos));
    }
  }

  private void poll(Duration time) {
    long end = channel.nanoTime() + time.toNanos();
    while (end - channel.nanoTime() > 0) {
      worker.poll();
    }
  }

  private double read(SourceMetric metric) {
    AllowedRate rate =
        new AllowedRate() {
          @Override
          public double perSecond() {
            return 1;
          }

          @Override
          public void close() {}
        };
    return new TaskMetrics(counters, 1, rate, channel::nanoTime).read(metric);
  }

  private void assertNothingIsNoted() {
    assertThat(read(SourceMetric.MESSAGE_TO_RECORD_P99_MS)).as("messages").isZero();
    assertThat(read(SourceMetric.STATUS_TO_RECORD_P99_MS)).as("statuses").isZero();
  }

  private void assertOnlyWhatIsNewIsNoted() {
    assertThat(read(SourceMetric.MESSAGE_TO_RECORD_P99_MS)).as("messages").isBetween(1.0, SOON);
    assertThat(read(SourceMetric.STATUS_TO_RECORD_P99_MS)).as("statuses").isBetween(1.0, SOON);
  }

  private void makeHistory() {
    for (int i = 0; i < 500; i++) {
      channel.add("m%04d".formatted(i), "sent");
      channel.pass(Duration.ofSeconds(10));
    }
    channel.pass(Duration.ofHours(7));
  }

  @ParameterizedTest
  @CsvSource({"1000, POSITION", "1000, COUNT", "50, POSITION", "50, COUNT"})
  void historyIsNotNoted(int pageSize, FakeChannel.Cursor cursor) {
    channel.cursor(cursor);
    makeHistory();
    start(pageSize);
    poll(Duration.ofSeconds(30));
    assertThat(worker.records()).hasSize(1_000);
    assertNothingIsNoted();

    channel.add("new", "sent");
    channel.get("m0499").step("delivered", channel.now());
    poll(Duration.ofSeconds(30));
    assertThat(worker.records()).hasSize(1_003);
    assertOnlyWhatIsNewIsNoted();
  }

  /** The statuses are on the last page, which the first sweep after the start does not show. */
  @ParameterizedTest
  @EnumSource
  void whatCameAboutWhileTheTaskWasStoppedIsNotNoted(FakeChannel.Cursor cursor) {
    channel.cursor(cursor);
    makeHistory();
    start(50);
    poll(Duration.ofSeconds(30));
    for (int i = 0; i < 3; i++) {
      channel.add("meanwhile" + i, "delivered");
      channel.get("m000" + i).step("delivered", channel.now());
    }
    channel.pass(Duration.ofHours(5));
    worker.restart();
    poll(Duration.ofSeconds(50));
    assertThat(worker.records()).hasSize(1_009);
    assertNothingIsNoted();

    channel.add("new", "delivered");
    poll(Duration.ofSeconds(30));
    assertOnlyWhatIsNewIsNoted();
  }
}
