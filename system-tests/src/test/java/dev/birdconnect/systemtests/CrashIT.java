package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.Switch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Workers that are killed, stopped, added and halted at random moments while the sink sends. How
 * often each of these happens is the system property {@code crash.cycles}, the seed {@code
 * crash.seed}. Long runs have batches as well, or with {@code crash.mode} one of {@code single} and
 * {@code batch} only; a short one with batches is in {@link BatchIT}.
 */
class CrashIT {

  private static final int SHORT = 2;
  private static final int CYCLES = Integer.getInteger("crash.cycles", SHORT);
  private static final long SEED = Long.getLong("crash.seed", 1);
  private static final int RECORDS_PER_CYCLE = 2_500;
  private static final int LEAST_BEFORE = 100;
  private static final int MOST_BEFORE = 1_500;

  /** Few, so that several records of each wait at the same time. */
  private static final int CUSTOMERS = 80;

  private static final int PARTITIONS = 4;
  private static final String ORDERS = "orders";
  private static final String SINK = "bird-sink";
  private static final Duration LONG = Duration.ofMinutes(5);

  /** What happens to workers. */
  private enum Blow {
    /** {@code kill -9}; another one is started. */
    KILLED,
    /** Halted until others have taken over what it owned and send it; then it goes on. */
    HALTED,
    /** Stopped in peace: one less. */
    STOPPED,
    /** One more. */
    JOINED
  }

  /** How the sink puts sends into requests. */
  private enum Mode {
    SINGLE(0.005),
    /** Batches are made late and in any order. */
    BATCH(0.05);

    private final double lostAnswers;

    Mode(double lostAnswers) {
      this.lostAnswers = lostAnswers;
    }

    private Map<String, String> settings() {
      return this == SINGLE
          ? Map.of()
          : Map.of(
              "send.mode",
              "batch",
              "batch.max.sends",
              "20",
              "batch.result.timeout.ms",
              "1500",
              "bird.rate.get.per.second",
              "40");
    }
  }

  private static List<Mode> modes() {
    String mode = System.getProperty("crash.mode");
    if (mode != null) {
      return List.of(Mode.valueOf(mode.toUpperCase(Locale.ROOT)));
    }
    return CYCLES > SHORT ? List.of(Mode.values()) : List.of(Mode.SINGLE);
  }

  private final Random random = new Random(SEED);
  private WorkerFleet fleet;
  private Simulator simulator;
  private SinkUnderTest sink;
  private int records;

  private void start(Mode mode, TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName();
    fleet = WorkerFleet.start(name + "-" + mode.name().toLowerCase(Locale.ROOT));
    simulator = Simulator.start(SimulatorSettings.demo());
    simulator.inject(
        FaultRule.latency(Duration.ofMillis(20), Duration.ofMillis(200)).onMethod("POST"));
    simulator.inject(
        FaultRule.doneThenReset().withProbability(mode.lostAnswers, SEED).onMethod("POST"));
    simulator.inject(
        FaultRule.reset().withProbability(mode.lostAnswers, SEED + 1).onMethod("POST"));
    simulator.switches().set(Choice.BATCH_ANY_ORDER);
    simulator.switches().set(Switch.BATCH_DELAY, Duration.ofMillis(300));
    sink = new SinkUnderTest(SINK, ORDERS, fleet.kafka(), simulator);
    fleet.kafka().createTopic(ORDERS, PARTITIONS);
  }

  @AfterEach
  void stop() {
    fleet.close();
    simulator.close();
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aWorkerThatIsKilledAgainAndAgainSendsEachRecordOnce(Mode mode, TestInfo test) {
    start(mode, test);
    fleet.add();
    fleet.create(SINK, settings(mode, 1, "10500"));
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      strike(Blow.KILLED);
    }
    check();
  }

  @ParameterizedTest
  @MethodSource("modes")
  void workersThatComeAndGoSendEachRecordOnce(Mode mode, TestInfo test) {
    start(mode, test);
    fleet.add();
    fleet.add();
    fleet.create(SINK, settings(mode, PARTITIONS, "12000"));
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      blows().forEach(this::strike);
    }
    check();
  }

  /** Each once, in any order in which a worker is left to take over from the one halted. */
  private List<Blow> blows() {
    List<Blow> blows = new ArrayList<>(List.of(Blow.values()));
    Collections.shuffle(blows, random);
    if (blows.indexOf(Blow.STOPPED) < blows.indexOf(Blow.JOINED)) {
      blows.remove(Blow.HALTED);
      blows.add(0, Blow.HALTED);
    }
    return blows;
  }

  /** At a random moment while there is much to send. */
  private void strike(Blow blow) {
    produce(RECORDS_PER_CYCLE);
    awaitMade(simulator.size() + LEAST_BEFORE + random.nextInt(MOST_BEFORE - LEAST_BEFORE));
    int made = simulator.size();
    assertThat(made).as("something is left to send").isLessThan(records);
    List<String> owners = fleet.awaitOwners(SINK);
    String victim = owners.get(random.nextInt(owners.size()));
    switch (blow) {
      case KILLED -> {
        fleet.kill(victim);
        fleet.add();
      }
      case HALTED -> fleet.haltUntilReplaced(victim, SINK, this::awaitMadeOf);
      case STOPPED -> fleet.stop(victim);
      case JOINED -> fleet.awaitShare(fleet.add(), SINK);
    }
    System.out.printf("%s after %d messages, %d workers%n", blow, made, fleet.size());
    sink.checkCommits();
  }

  private void produce(int count) {
    fleet.kafka().produceOrders(ORDERS, PARTITIONS, CUSTOMERS, records, count);
    records += count;
  }

  private void awaitMade(int messages) {
    await(messages + " messages are made")
        .atMost(LONG)
        .until(() -> simulator.size() >= Math.min(records, messages));
  }

  /** Waits until those who own these partitions now send what is left of them, and some more. */
  private void awaitMadeOf(Iterable<TopicPartition> partitions) {
    produce(CUSTOMERS);
    for (TopicPartition partition : partitions) {
      long before = sink.madeOf(partition);
      await("the new owner of " + partition + " sends")
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> sink.madeOf(partition) > before);
    }
  }

  private Map<String, String> settings(Mode mode, int tasks, String sessionMillis) {
    Map<String, String> settings = new HashMap<>();
    settings.put("connector.class", "dev.birdconnect.sink.BirdSinkConnector");
    settings.put("tasks.max", Integer.toString(tasks));
    settings.put("topics", ORDERS);
    settings.put("bird.api.url", simulator.url().toString());
    settings.put("bird.access.key", SimulatorSettings.DEMO_ACCESS_KEY);
    settings.put("bird.workspace.id", SimulatorSettings.DEMO_WORKSPACE_ID);
    settings.put("bird.channel.id", ConnectStack.CHANNEL);
    settings.put("bird.http.request.timeout.ms", "2000");
    settings.put("doubt.settle.ms", "500");
    settings.put("max.in.flight", "64");
    settings.put("errors.tolerance", "all");
    settings.put("errors.deadletterqueue.topic.name", SinkUnderTest.deadLetters(ORDERS));
    settings.put("errors.deadletterqueue.topic.replication.factor", "1");
    settings.put("errors.deadletterqueue.context.headers.enable", "true");
    settings.put("consumer.override.session.timeout.ms", sessionMillis);
    settings.put("consumer.override.heartbeat.interval.ms", "1500");
    settings.putAll(mode.settings());
    return settings;
  }

  /** Nothing lost, doubled or out of order, when nobody is left who could still send. */
  private void check() {
    sink.awaitFinished(LONG);
    assertThat(fleet.allAlive()).as("all workers are alive").isTrue();
    fleet.stopAll();
    sink.check();
  }
}
