package dev.birdconnect.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.source.config.SourceConfig;
import dev.birdconnect.source.metrics.ReadingCounters;
import dev.birdconnect.source.reading.FakeChannel;
import dev.birdconnect.source.workspace.WorkspaceUse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.Test;

/** The task's own loop, by a clock that only its waiting moves. */
class StartedSourceTaskTest {

  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final FakeChannel channel = new FakeChannel();
  private final Waiting waiting = new Waiting();
  private final StartedSourceTask task =
      new StartedSourceTask(
          new SourceConfig(
              Map.of(
                  "bird.access.key",
                  "key",
                  "bird.workspace.id",
                  FakeChannel.ADDRESS.workspaceId(),
                  "bird.channel.ids",
                  FakeChannel.ADDRESS.channelId(),
                  "topic.prefix",
                  "bird")),
          channel,
          new NothingStored(),
          new ReadingCounters(channel::nanoTime),
          channel::nanoTime,
          () -> 1.0,
          waiting,
          WorkspaceUse.USUAL);

  /** Time passes by waiting; what happens meanwhile is the test's. */
  private final class Waiting implements WakeUp {

    private Runnable meanwhile = () -> {};
    private boolean woken;
    private int times;

    @Override
    public void wake() {
      woken = true;
    }

    @Override
    public void await(long nanos) {
      times++;
      if (!woken) {
        channel.pass(Duration.ofNanos(nanos / 2));
      }
      meanwhile.run();
      if (!woken) {
        channel.pass(Duration.ofNanos(nanos - nanos / 2));
      }
      woken = false;
    }
  }

  private static final class NothingStored implements OffsetStorageReader {

    @Override
    public <T> Map<String, Object> offset(Map<String, T> partition) {
      return null;
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(
        Collection<Map<String, T>> partitions) {
      return Map.of();
    }
  }

  /** How long a poll takes that ends without records. */
  private Duration emptyPoll() throws InterruptedException {
    long begin = channel.nanoTime();
    assertThat(task.poll()).isNull();
    return Duration.ofNanos(channel.nanoTime() - begin);
  }

  @Test
  void aPollWithoutRecordsEndsAfterHalfASecond() throws Exception {
    assertThat(emptyPoll()).isEqualTo(PATIENCE);
    assertThat(emptyPoll()).isEqualTo(PATIENCE);
  }

  @Test
  void aQuietTaskSleepsRatherThanLooks() throws Exception {
    emptyPoll();
    waiting.times = 0;
    for (int i = 0; i < 10; i++) {
      emptyPoll();
    }
    assertThat(waiting.times).as("waits in the time of one cycle").isLessThan(20);
  }

  @Test
  void aPollEndsWithTheFirstRecords() throws Exception {
    channel.add("m", "delivered");
    channel.pass(Duration.ofSeconds(10));
    List<SourceRecord> records = task.poll();
    assertThat(records).hasSize(2);
    assertThat(records.get(0).topic()).isEqualTo("bird.messages");
  }

  @Test
  void stopEndsAPollThatWaits() throws Exception {
    emptyPoll();
    waiting.meanwhile = task::stop;
    assertThat(emptyPoll()).isLessThanOrEqualTo(PATIENCE);
    assertThat(emptyPoll()).as("afterwards at once").isZero();
  }

  @Test
  void whatTheWorkerStillHoldsDelaysOnly() throws Exception {
    for (int i = 0; i < 12_000; i++) {
      channel.add("m%05d".formatted(i), "sent");
    }
    channel.pass(Duration.ofSeconds(10));
    ArrayDeque<SourceRecord> held = new ArrayDeque<>();
    List<SourceRecord> found = task.poll();
    while (found != null && held.size() <= 3_001) {
      held.addAll(found);
      found = task.poll();
    }
    assertThat(held.size()).as("its memory is bounded").isBetween(2_000, 3_000);
    waiting.meanwhile =
        () -> {
          while (!held.isEmpty()) {
            task.committed(held.poll(), true);
          }
        };
    long begin = channel.nanoTime();
    assertThat(task.poll()).isNotNull();
    assertThat(Duration.ofNanos(channel.nanoTime() - begin))
        .as("woken as soon as there is room")
        .isEqualTo(PATIENCE.dividedBy(2));
  }
}
