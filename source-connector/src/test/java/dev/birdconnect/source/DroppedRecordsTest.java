package dev.birdconnect.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.source.config.SourceConfig;
import dev.birdconnect.source.metrics.ReadingCounters;
import dev.birdconnect.source.position.OffsetCodec;
import dev.birdconnect.source.reading.FakeChannel;
import dev.birdconnect.source.workspace.WorkspaceUse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A task whose records are dropped by a transform, by a clock that only waiting moves. */
class DroppedRecordsTest {

  private static final int MORE_THAN_THE_WORKER_HOLDS = 4_000;
  private static final String HEARTBEATS = "bird.heartbeats";

  private final FakeChannel channel = new FakeChannel();
  private final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              "bird.access.key",
              "key",
              "bird.workspace.id",
              FakeChannel.ADDRESS.workspaceId(),
              "bird.channel.ids",
              FakeChannel.ADDRESS.channelId(),
              "topic.prefix",
              "bird"));

  private FakeWorker worker;
  private StartedSourceTask task;

  @AfterEach
  void close() {
    worker.close();
  }

  private void start(FakeWorker.Reports reports, Predicate<SourceRecord> dropped) {
    worker = new FakeWorker(this::task, dropped, reports);
  }

  private StartedSourceTask task(OffsetStorageReader offsets) {
    task =
        new StartedSourceTask(
            new SourceConfig(settings),
            channel,
            offsets,
            new ReadingCounters(channel::nanoTime),
            channel::nanoTime,
            () -> 1.0,
            new Waiting(),
            WorkspaceUse.USUAL);
    return task;
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

  private void history(int messages) {
    for (int i = 0; i < messages; i++) {
      channel.add(
          "m%05d".formatted(i),
          channel.now().minusSeconds(messages - i),
          Duration.ZERO,
          "delivered");
    }
    channel.pass(Duration.ofHours(1));
  }

  private void poll(Duration time) {
    long end = channel.nanoTime() + time.toNanos();
    while (end - channel.nanoTime() > 0) {
      worker.poll();
    }
  }

  private List<String> keys() {
    return worker.records().stream().map(record -> (String) record.key()).distinct().toList();
  }

  private static boolean isOf(SourceRecord record, String messageId) {
    return messageId.equals(record.key());
  }

  @ParameterizedTest
  @EnumSource
  void anyNumberInARowLeavesTheTaskReading(FakeWorker.Reports reports) {
    history(MORE_THAN_THE_WORKER_HOLDS);
    start(reports, record -> !isOf(record, "kept"));
    poll(Duration.ofMinutes(5));
    channel.add("kept", "delivered");
    poll(Duration.ofMinutes(1));
    assertThat(keys()).containsExactly("kept");
  }

  @ParameterizedTest
  @EnumSource
  void theFirstOnesAfterAStartSetByHandLeaveTheChannelReading(FakeWorker.Reports reports) {
    history(3);
    start(reports, record -> isOf(record, "m00000"));
    worker.set(
        OffsetCodec.partition(FakeChannel.ADDRESS.workspaceId(), FakeChannel.ADDRESS.channelId()),
        Map.of(OffsetCodec.START_TIMESTAMP, "2000-01-01T00:00:00Z"));
    poll(Duration.ofMinutes(5));
    assertThat(keys()).containsExactly("m00001", "m00002");
  }

  @ParameterizedTest
  @EnumSource
  void aHeartbeatComesAmongMany(FakeWorker.Reports reports) {
    settings.put("heartbeat.topic", HEARTBEATS);
    settings.put("heartbeat.interval.ms", Long.toString(Duration.ofDays(1).toMillis()));
    settings.put("page.size", "100");
    history(MORE_THAN_THE_WORKER_HOLDS);
    start(reports, record -> !record.topic().equals(HEARTBEATS));
    poll(Duration.ofMinutes(5));
    assertThat(worker.records())
        .as("a worker that holds what is dropped until something is kept")
        .hasSizeGreaterThanOrEqualTo(reports == FakeWorker.Reports.TRANSACTIONS ? 3 : 1);
  }

  @Test
  void aCommitFromAThreadOfItsOwnSaysNothingOfTheRecords() throws Exception {
    history(MORE_THAN_THE_WORKER_HOLDS);
    start(FakeWorker.Reports.EACH, record -> false);
    int held = 0;
    for (int i = 0; i < 100; i++) {
      List<SourceRecord> found = task.poll();
      held += found == null ? 0 : found.size();
      Thread committer = new Thread(task::committed, "offset-committer-of-a-test");
      committer.start();
      committer.join();
    }
    assertThat(held).as("its memory is bounded").isBetween(2_000, 3_000);
  }
}
