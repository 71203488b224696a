package dev.birdconnect.sink.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.common.metrics.AllowedRate;
import dev.birdconnect.common.metrics.JmxExport;
import dev.birdconnect.common.metrics.TaskName;
import dev.birdconnect.sink.delivery.DeliveryLoad;
import dev.birdconnect.sink.delivery.DoubtEnd;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class TaskMetricsTest {

  private static final long SECOND = 1_000_000_000;

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private long now;
  private boolean rateClosed;
  private final DeliveryCounters counters = new DeliveryCounters(() -> now, () -> Instant.EPOCH);
  private final MediaCounters media = new MediaCounters(() -> now);
  private final TaskMetrics metrics =
      new TaskMetrics(
          counters,
          media,
          () -> new DeliveryLoad(1, 2_000_000, 3, 9, 4, 5, 6, 7, 8, 10, 11),
          new ReportCounts(() -> 11, () -> 12, () -> 13),
          new AllowedRate() {
            @Override
            public double perSecond() {
              return 100;
            }

            @Override
            public void close() {
              rateClosed = true;
            }
          },
          () -> now);

  private void attempts(int count) {
    for (int i = 0; i < count; i++) {
      counters.started(i + 1);
      counters.requestEnded();
      counters.ended(null, new Verdict.NotProcessed(Reason.of("busy"), Optional.empty()), 1);
    }
  }

  @Test
  void everythingDeliveryTellsIsCounted() {
    attempts(3);
    counters.ended(null, new Verdict.Unknown(Reason.of("lost")), 1);
    counters.ended(null, new Verdict.Denied(Reason.of("no")), 1);
    counters.ended(null, new Verdict.Rejected(Reason.of("bad")), 1);
    counters.foundAtTakeover();
    counters.listed(4);
    int times = 0;
    for (DoubtEnd end : DoubtEnd.values()) {
      times++;
      for (int i = 0; i < times; i++) {
        counters.doubtEnded(end);
      }
    }

    assertThat(metrics.read(SinkMetric.ATTEMPTS_NOT_PROCESSED_TOTAL)).isEqualTo(3);
    assertThat(metrics.read(SinkMetric.ATTEMPTS_UNKNOWN_TOTAL)).isEqualTo(1);
    assertThat(metrics.read(SinkMetric.ATTEMPTS_DENIED_TOTAL)).isEqualTo(1);
    assertThat(metrics.read(SinkMetric.ATTEMPTS_REJECTED_TOTAL)).isEqualTo(1);
    assertThat(metrics.read(SinkMetric.RETRIES_TOTAL)).isEqualTo(2);
    assertThat(metrics.read(SinkMetric.TAKEOVER_FOUND_TOTAL)).isEqualTo(1);
    assertThat(metrics.read(SinkMetric.LIST_PAGES_READ_TOTAL)).isEqualTo(4);
    assertThat(metrics.read(SinkMetric.DOUBTS_FOUND_TOTAL)).isEqualTo(1);
    assertThat(metrics.read(SinkMetric.DOUBTS_SENT_AGAIN_TOTAL)).isEqualTo(2);
    assertThat(metrics.read(SinkMetric.DOUBTS_REMAINED_SENT_TOTAL)).isEqualTo(3);
    assertThat(metrics.read(SinkMetric.DOUBTS_REMAINED_REPORTED_TOTAL)).isEqualTo(4);
    assertThat(metrics.read(SinkMetric.DOUBTS_REMAINED_FAILED_TOTAL)).isEqualTo(5);
    assertThat(metrics.read(SinkMetric.RECORDS_REJECTED_TOTAL)).isEqualTo(11);
    assertThat(metrics.read(SinkMetric.REPORTS_WRITTEN_TOTAL)).isEqualTo(12);
    assertThat(metrics.read(SinkMetric.REPORTS_FAILED_TOTAL)).isEqualTo(13);
    assertThat(metrics.read(SinkMetric.RECORDS_UNFINISHED)).isEqualTo(1);
    assertThat(metrics.read(SinkMetric.OLDEST_UNFINISHED_AGE_MS)).isEqualTo(2);
    assertThat(metrics.read(SinkMetric.SENDS_IN_FLIGHT)).isEqualTo(3);
    assertThat(metrics.read(SinkMetric.SENDS_PREPARING)).isEqualTo(9);
    assertThat(metrics.read(SinkMetric.LANES_READY)).isEqualTo(4);
    assertThat(metrics.read(SinkMetric.LANES_BACKING_OFF)).isEqualTo(5);
    assertThat(metrics.read(SinkMetric.LANES_HELD)).isEqualTo(6);
    assertThat(metrics.read(SinkMetric.LANES_BEYOND_SPAN)).isEqualTo(7);
    assertThat(metrics.read(SinkMetric.DOUBTS_OPEN)).isEqualTo(8);
    assertThat(metrics.read(SinkMetric.RESULTS_WAITING)).isEqualTo(10);
    assertThat(metrics.read(SinkMetric.MOST_ATTEMPTS)).isEqualTo(11);
    assertThat(metrics.read(SinkMetric.RATE_ALLOWED_PER_SECOND)).isEqualTo(100);
  }

  @Test
  void formsCountAsPostsAndAttemptsThatDidNotLeaveDoNot() {
    attempts(50);
    for (int i = 0; i < 50; i++) {
      media.formAsked();
      counters.unprepared(null, new Verdict.NotProcessed(Reason.of("store"), Optional.empty()));
    }
    now += 2 * SECOND;
    assertThat(metrics.read(SinkMetric.RATE_USED_SHARE)).isEqualTo(0.5);
    assertThat(metrics.read(SinkMetric.ATTEMPTS_NOT_PROCESSED_TOTAL)).isEqualTo(100);
  }

  @Test
  void uploadsAreCounted() {
    media.uploaded(1000, SECOND);
    media.uploaded(500, SECOND);
    media.shared();
    media.failed();
    media.formAsked();
    assertThat(metrics.read(SinkMetric.MEDIA_UPLOADS_TOTAL)).isEqualTo(2);
    assertThat(metrics.read(SinkMetric.MEDIA_UPLOADED_BYTES_TOTAL)).isEqualTo(1500);
    assertThat(metrics.read(SinkMetric.MEDIA_UPLOADS_SHARED_TOTAL)).isEqualTo(1);
    assertThat(metrics.read(SinkMetric.MEDIA_UPLOADS_FAILED_TOTAL)).isEqualTo(1);
    assertThat(metrics.read(SinkMetric.MEDIA_FORMS_TOTAL)).isEqualTo(1);
    assertThat(metrics.read(SinkMetric.MEDIA_UPLOAD_P50_MS)).isBetween(990.0, 1010.0);
  }

  @Test
  void theShareOfTheRateIsThatSinceTheLastReading() {
    attempts(50);
    now += 2 * SECOND;
    assertThat(metrics.read(SinkMetric.RATE_USED_SHARE)).isEqualTo(0.25);

    attempts(1000);
    now += SECOND / 2;
    assertThat(metrics.read(SinkMetric.RATE_USED_SHARE)).as("too soon").isEqualTo(0.25);
    now += SECOND / 2;
    assertThat(metrics.read(SinkMetric.RATE_USED_SHARE)).isEqualTo(1);
    now += SECOND;
    assertThat(metrics.read(SinkMetric.RATE_USED_SHARE)).isZero();
  }

  @Test
  void everyMetricIsAnAttributeWithADescription() throws Exception {
    JmxExport export =
        JmxExport.of(server, new TaskName("sink", "shop", "0"), metrics).orElseThrow();
    try {
      ObjectName name = new ObjectName("dev.birdconnect:type=sink-task,connector=shop,task=0");
      MBeanAttributeInfo[] infos = server.getMBeanInfo(name).getAttributes();

      assertThat(infos).hasSize(SinkMetric.values().length);
      assertThat(infos).allMatch(info -> info.getDescription().endsWith("."));
      String[] names = Arrays.stream(infos).map(MBeanAttributeInfo::getName).toArray(String[]::new);
      assertThat(server.getAttributes(name, names)).hasSize(names.length);
      assertThat(server.getAttribute(name, "sends-in-flight")).isEqualTo(3.0);
    } finally {
      export.close();
    }
    metrics.close();
    assertThat(rateClosed).isTrue();
  }

  @Test
  void namesAreToldApart() {
    List<SinkMetric> all = List.of(SinkMetric.values());

    assertThat(all.stream().map(SinkMetric::metricName).collect(Collectors.toSet()))
        .hasSameSizeAs(all)
        .allMatch(name -> name.matches("[a-z0-9-]+"));
  }
}
