package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.SimulatorSettings;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The report on every record, and what the worker shows in JMX. */
class ReportsIT {

  private static final int RECORDS = 1_000;
  private static final int CUSTOMERS = 100;
  private static final int PARTITIONS = 2;
  private static final String ORDERS = "orders";
  private static final String REPORTS = "reports";
  private static final String SINK = "bird-sink";

  private final MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();

  private static boolean bad(int index) {
    return index % 100 == 17;
  }

  private static Map<String, String> settings(ConnectStack stack) {
    Map<String, String> settings = stack.sinkSettings(ORDERS);
    settings.put("report.topic", REPORTS);
    settings.put("report.producer.bootstrap.servers", stack.connect().kafka().bootstrapServers());
    return settings;
  }

  @Test
  void everyRecordHasOneReportThatLeadsToItsMessage() throws Exception {
    try (ConnectStack stack =
        ConnectStack.start(SimulatorSettings.demo().withoutRateLimits(), Map.of())) {
      stack.createTopic(ORDERS, PARTITIONS);
      stack.createTopic(REPORTS, PARTITIONS);
      stack.createConnector(SINK, settings(stack));
      produce(stack, index -> true);

      await("every record is reported")
          .atMost(ConnectStack.PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> stack.count(REPORTS) >= RECORDS);
      awaitMetric("records-unfinished", 0);

      checkReports(stack);
      checkMetrics();
      stack.connect().deleteConnector(SINK);
      await("the task's metrics are gone")
          .atMost(ConnectStack.PATIENCE)
          .until(() -> !jmx.isRegistered(own()));
    }
  }

  /** Reports on rejected records come before anything is sent, so those records come later. */
  @Test
  void aTopicThatIsNotThereStopsTheTaskAndNothingIsLostOrSentAgain() throws Exception {
    try (ConnectStack stack =
        ConnectStack.start(SimulatorSettings.demo().withoutRateLimits(), Map.of())) {
      stack.createTopic(ORDERS, PARTITIONS);
      Map<String, String> settings = settings(stack);
      settings.put("report.producer.max.block.ms", "2000");
      stack.createConnector(SINK, settings);
      produce(stack, index -> !bad(index));

      assertThat(stack.awaitTaskFailure(SINK))
          .contains("could not be written to " + REPORTS, "Check the topic")
          .doesNotContain("+316");
      int made = stack.simulator().size();
      assertThat(made).isPositive();
      stack.createTopic(REPORTS, PARTITIONS);
      stack.connect().restartTask(SINK, 0);
      produce(stack, ReportsIT::bad);

      await("every record is reported")
          .atMost(ConnectStack.PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> stack.count(REPORTS) >= RECORDS);
      awaitMetric("records-unfinished", 0);
      checkReports(stack);
      assertThat(read(own(), "takeover-found-total")).isEqualTo(made);
    }
  }

  private static void produce(ConnectStack stack, IntPredicate wanted) {
    for (int i : IntStream.range(0, RECORDS).filter(wanted).toArray()) {
      int customer = i * 7 % CUSTOMERS;
      String value =
          !bad(i)
              ? Orders.good(i, customer)
              : i % 200 == 17 ? Orders.unknownField(i, customer) : Orders.badTag(i, customer);
      var unused = stack.produce(ORDERS, customer % PARTITIONS, Orders.key(customer), value);
    }
    stack.flush();
  }

  private static void checkReports(ConnectStack stack) {
    Map<String, MadeMessage> messages =
        stack.simulator().messages().stream()
            .collect(Collectors.toMap(MadeMessage::reference, Function.identity()));
    assertThat(stack.simulator().madeByReference().values()).containsOnly(1);
    Map<String, ConsumerRecord<String, String>> records = new HashMap<>();
    stack
        .readAll(ORDERS)
        .forEach(record -> records.put(record.partition() + ":" + record.offset(), record));
    Set<String> reported = new HashSet<>();
    int rejected = 0;
    for (ConsumerRecord<String, String> line : stack.readAll(REPORTS)) {
      JsonNode report = Orders.json(line.value());
      String coordinates = report.get("partition") + ":" + report.get("offset");
      assertThat(reported.add(coordinates)).as("one report on %s", coordinates).isTrue();
      ConsumerRecord<String, String> record = records.get(coordinates);
      assertThat(line.key()).isEqualTo(record.key());
      assertThat(line.value()).doesNotContain("+316", "is on its way", "not/allowed");
      assertThat(report.get("recordTimestamp").longValue()).isEqualTo(record.timestamp());
      MadeMessage message = messages.remove(report.get("reference").textValue());
      if (bad(Orders.index(record.value()))) {
        rejected++;
        assertThat(report.get("verdict").textValue()).isEqualTo("REJECTED");
        assertThat(report.get("reason").textValue()).isNotEmpty();
        assertThat(message).isNull();
      } else {
        assertThat(report.get("verdict").textValue()).isEqualTo("ACCEPTED");
        assertThat(report.get("messageId").textValue()).isEqualTo(message.id());
        assertThat(report.get("finishedAtClock").textValue()).isEqualTo("SERVER");
        assertThat(report.get("finishedAt").longValue())
            .isEqualTo(message.createdAt().toEpochMilli());
        assertThat(Orders.index(message.json())).isEqualTo(Orders.index(record.value()));
      }
    }
    assertThat(reported).isEqualTo(records.keySet()).hasSize(RECORDS);
    assertThat(messages).as("messages without a report").isEmpty();
    assertThat(rejected).isEqualTo(RECORDS / 100);
  }

  private void checkMetrics() throws Exception {
    double good = RECORDS - RECORDS / 100.0;
    assertThat(read(own(), "attempts-accepted-total")).isEqualTo(good);
    assertThat(read(own(), "records-rejected-total")).isEqualTo(RECORDS / 100.0);
    assertThat(read(own(), "reports-written-total")).isEqualTo(RECORDS);
    assertThat(read(own(), "reports-failed-total")).isZero();
    assertThat(read(own(), "sends-in-flight")).isZero();
    assertThat(read(own(), "oldest-unfinished-age-ms")).isZero();
    assertThat(read(own(), "list-pages-read-total")).isPositive();
    assertThat(read(own(), "rate-allowed-per-second")).isPositive().isLessThanOrEqualTo(100_000);
    assertThat(read(own(), "handover-to-acceptance-p99-ms"))
        .isPositive()
        .isGreaterThanOrEqualTo(read(own(), "handover-to-acceptance-p50-ms"));
    Set<ObjectName> plugin =
        jmx.queryNames(new ObjectName("kafka.connect:type=plugins,connector=" + SINK + ",*"), null);
    assertThat(plugin)
        .as("plugin metrics")
        .anyMatch(name -> "0".equals(name.getKeyProperty("task")))
        .anySatisfy(name -> assertThat(read(name, "attempts-accepted-total")).isEqualTo(good));
  }

  private void awaitMetric(String metric, double value) {
    await(metric + " is " + value)
        .atMost(ConnectStack.PATIENCE)
        .until(() -> read(own(), metric) == value);
  }

  private static ObjectName own() throws Exception {
    return new ObjectName("dev.birdconnect:type=sink-task,connector=" + SINK + ",task=0");
  }

  private double read(ObjectName name, String metric) throws Exception {
    return (Double) jmx.getAttribute(name, metric);
  }
}
