package dev.birdconnect.source.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.UnreadableResourceException;
import dev.birdconnect.common.metrics.AllowedRate;
import dev.birdconnect.common.metrics.JmxExport;
import dev.birdconnect.common.metrics.TaskName;
import dev.birdconnect.source.position.Origin;
import dev.birdconnect.source.position.Place;
import dev.birdconnect.source.position.Position;
import dev.birdconnect.source.position.ShardState;
import dev.birdconnect.source.reading.ChannelEvent;
import dev.birdconnect.source.reading.ChannelEvent.MessageSeen;
import dev.birdconnect.source.reading.ChannelEvent.StatusSeen;
import dev.birdconnect.source.reading.Emission;
import dev.birdconnect.source.reading.ReadPurpose;
import dev.birdconnect.source.status.KnownTexts;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class SourceTaskMetricsTest {

  private static final Instant NOON = Instant.parse("2031-03-01T12:00:00Z");
  private static final long SECOND = 1_000_000_000;

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private long now;
  private boolean rateClosed;
  private final ReadingCounters counters = new ReadingCounters(() -> now);
  private final TaskMetrics metrics =
      new TaskMetrics(
          counters,
          3,
          new AllowedRate() {
            @Override
            public double perSecond() {
              return 40;
            }

            @Override
            public void close() {
              rateClosed = true;
            }
          },
          () -> now);

  private static Message message() {
    try {
      return Message.of(
          JsonNodeFactory.instance
              .objectNode()
              .put("id", "m")
              .put("channelId", "c")
              .put("status", "sent")
              .put("createdAt", NOON.toString())
              .put("lastStatusAt", NOON.plusSeconds(6).toString()));
    } catch (UnreadableResourceException e) {
      throw new IllegalStateException(e);
    }
  }

  private void emit(ChannelEvent event, boolean recent) {
    ShardState state =
        new ShardState(
            Origin.EARLIEST,
            1,
            Position.of(event.message()),
            Place.TAIL,
            Long.MIN_VALUE,
            KnownTexts.NONE,
            Optional.empty(),
            List.of());
    counters.emitted(new Emission(event, 0, state, false, recent), NOON.plusSeconds(10));
  }

  @Test
  void eventsAreCountedAndTheirAgeIsNotedUnlessTheyAreOfThePast() {
    emit(new MessageSeen(message(), false), false);
    emit(new StatusSeen(message(), Optional.empty(), 1), false);
    assertThat(metrics.read(SourceMetric.MESSAGE_TO_RECORD_P99_MS)).isZero();
    assertThat(metrics.read(SourceMetric.STATUS_TO_RECORD_P99_MS)).isZero();

    emit(new MessageSeen(message(), true), true);
    emit(new StatusSeen(message(), Optional.empty(), 1), true);
    emit(new StatusSeen(message(), Optional.empty(), StatusSeen.NOT_COUNTED), true);
    counters.heartbeat();
    counters.interactions(3);
    assertThat(metrics.read(SourceMetric.INTERACTIONS_EMITTED_TOTAL)).isEqualTo(3);
    assertThat(metrics.read(SourceMetric.MESSAGES_EMITTED_TOTAL)).isEqualTo(2);
    assertThat(metrics.read(SourceMetric.MESSAGES_LATE_TOTAL)).isEqualTo(1);
    assertThat(metrics.read(SourceMetric.STATUSES_EMITTED_TOTAL)).isEqualTo(3);
    assertThat(metrics.read(SourceMetric.STATUSES_POSSIBLE_REPEATS_TOTAL)).isEqualTo(1);
    assertThat(metrics.read(SourceMetric.HEARTBEATS_EMITTED_TOTAL)).isEqualTo(1);
    assertThat(metrics.read(SourceMetric.MESSAGE_TO_RECORD_P50_MS))
        .isCloseTo(10_000, within(100.0));
    assertThat(metrics.read(SourceMetric.STATUS_TO_RECORD_P95_MS)).isCloseTo(4_000, within(40.0));
  }

  @Test
  void readsAreCountedByPurpose() {
    Map<SourceMetric, Integer> asked = new EnumMap<>(SourceMetric.class);
    int times = 0;
    for (ReadPurpose purpose : ReadPurpose.values()) {
      times++;
      asked.put(SourceMetric.valueOf("READS_" + purpose + "_TOTAL"), times);
      for (int i = 0; i < times; i++) {
        counters.asked(purpose);
      }
    }
    asked.forEach(
        (metric, count) ->
            assertThat(metrics.read(metric)).as(metric.metricName()).isEqualTo((double) count));

    int all = times * (times + 1) / 2;
    now += 2 * SECOND;
    assertThat(metrics.read(SourceMetric.RATE_USED_SHARE)).isEqualTo(all / 2.0 / 40);
    assertThat(metrics.read(SourceMetric.RATE_ALLOWED_PER_SECOND)).isEqualTo(40);
  }

  @Test
  void lagAndAgeGrowUntilTheReadingTellsNewOnes() {
    assertThat(metrics.read(SourceMetric.FRONTIER_LAG_MS)).isZero();
    assertThat(metrics.read(SourceMetric.OLDEST_OPEN_AGE_MS)).isZero();
    counters.emittedUpTo("a", Duration.ofSeconds(5));
    counters.emittedUpTo("b", Duration.ofDays(800_000));
    counters.open("a", 7, Duration.ofSeconds(90));
    counters.open("b", 0, Duration.ZERO);
    now += 10 * SECOND;
    assertThat(metrics.read(SourceMetric.FRONTIER_LAG_MS))
        .as("of the channel furthest behind, however far")
        .isEqualTo((double) Duration.ofDays(800_000).plusSeconds(10).toMillis());
    assertThat(metrics.read(SourceMetric.MESSAGES_OPEN)).isEqualTo(7);
    assertThat(metrics.read(SourceMetric.OLDEST_OPEN_AGE_MS)).isEqualTo(100_000);

    counters.emittedUpTo("b", Duration.ofSeconds(1));
    assertThat(metrics.read(SourceMetric.FRONTIER_LAG_MS)).isEqualTo(15_000);

    counters.open("a", 0, Duration.ZERO);
    now += 10 * SECOND;
    assertThat(metrics.read(SourceMetric.OLDEST_OPEN_AGE_MS)).as("nothing is open").isZero();
  }

  @Test
  void aStoppedChannelIsCountedAndNoLongerLagsBehind() {
    counters.emittedUpTo("a", Duration.ofSeconds(5));
    counters.open("a", 7, Duration.ofSeconds(90));
    counters.stopped("a");
    assertThat(metrics.read(SourceMetric.CHANNELS_READ)).isEqualTo(2);
    assertThat(metrics.read(SourceMetric.CHANNELS_STOPPED)).isEqualTo(1);
    assertThat(metrics.read(SourceMetric.FRONTIER_LAG_MS)).isZero();
    assertThat(metrics.read(SourceMetric.MESSAGES_OPEN)).isZero();
  }

  @Test
  void whatGoesWrongIsCounted() {
    counters.failed();
    counters.unreadable();
    counters.gone();
    counters.gone();
    counters.beyondOffsets(1000);
    assertThat(metrics.read(SourceMetric.READS_FAILED_TOTAL)).isEqualTo(1);
    assertThat(metrics.read(SourceMetric.MESSAGES_UNREADABLE_TOTAL)).isEqualTo(1);
    assertThat(metrics.read(SourceMetric.MESSAGES_GONE_TOTAL)).isEqualTo(2);
    assertThat(metrics.read(SourceMetric.MESSAGES_BEYOND_OFFSETS_TOTAL)).isEqualTo(1000);
  }

  @Test
  void everyMetricIsAnAttributeWithADescription() throws Exception {
    JmxExport export =
        JmxExport.of(server, new TaskName("source", "shop", "0"), metrics).orElseThrow();
    try {
      ObjectName name = new ObjectName("dev.birdconnect:type=source-task,connector=shop,task=0");
      MBeanAttributeInfo[] infos = server.getMBeanInfo(name).getAttributes();

      assertThat(infos).hasSize(SourceMetric.values().length);
      assertThat(infos).allMatch(info -> info.getDescription().endsWith("."));
      String[] names = Arrays.stream(infos).map(MBeanAttributeInfo::getName).toArray(String[]::new);
      assertThat(server.getAttributes(name, names)).hasSize(names.length);
      assertThat(server.getAttribute(name, "channels-read")).isEqualTo(3.0);
    } finally {
      export.close();
    }
    metrics.close();
    assertThat(rateClosed).isTrue();
  }

  @Test
  void namesAreToldApart() {
    List<SourceMetric> all = List.of(SourceMetric.values());
    assertThat(all.stream().map(SourceMetric::metricName).collect(Collectors.toSet()))
        .hasSameSizeAs(all)
        .allMatch(name -> name.matches("[a-z0-9-]+"));
  }
}
