package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.account.ChannelSettings;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.generation.HistorySpec;
import dev.birdconnect.simulator.generation.InboundFlow;
import dev.birdconnect.simulator.life.LifeProfile;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.Switch;
import dev.birdconnect.simulator.switches.SwitchValues;
import dev.birdconnect.systemtests.SourceEvents.Event;
import dev.birdconnect.systemtests.SourceEvents.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A worker that is killed at random moments while sources read histories, messages arrive and
 * statuses move. One source writes all of it, one has a transform that drops events of messages,
 * one finds its channels by itself while further ones appear, others read an API that behaves
 * otherwise. How often it is killed is the system property {@code source.crash.cycles}, the seed
 * {@code crash.seed}.
 */
class SourceCrashIT {

  private static final int SHORT = 1;
  private static final int CYCLES = Integer.getInteger("source.crash.cycles", SHORT);
  private static final int COMBINATIONS = CYCLES > SHORT ? 10 : 2;
  private static final long SEED = Long.getLong("crash.seed", 1);
  private static final int HISTORY_PER_CYCLE = 1_000;
  private static final int LEAST_BEFORE = 200;
  private static final int MOST_BEFORE = 1_500;
  private static final String DISCOVERED = "discovered";
  private static final int MESSAGES_OF_A_NEW_CHANNEL = 50;
  private static final Duration OVERLAP = Duration.ofSeconds(1);
  private static final Duration FLUSHES = Duration.ofSeconds(2);

  /** From the moment in which the broker has a record to the one in which the worker knows. */
  private static final Duration ACKNOWLEDGED = Duration.ofSeconds(2);

  /** Short, as the statuses of an old message are read rarely. */
  private static final Duration PAST = Duration.ofSeconds(100);

  /** After which no message moves any more. */
  private static final Duration LIFE = Duration.ofSeconds(9);

  /** For up to 14 sources in one worker. */
  private static final String HEAP = "512m";

  private static final Duration LONG = Duration.ofMinutes(15);

  /** What workers do for the records of sources. */
  private enum Support {
    EXACTLY_ONCE("enabled"),
    AT_LEAST_ONCE("disabled");

    private final String setting;

    Support(String setting) {
      this.setting = setting;
    }
  }

  /**
   * A worker was killed.
   *
   * @param at when it was no more
   * @param flushed when it had stored offsets of each source for the last time before that
   */
  private record Kill(Instant at, Map<String, Instant> flushed) {
    private boolean mayBringAgain(String source, Event event) {
      Instant last = flushed.getOrDefault(source, Instant.EPOCH);
      return event.writtenAt().isBefore(at.plus(ACKNOWLEDGED))
          && event.writtenAt().isAfter(last.minus(ACKNOWLEDGED));
    }
  }

  private final Random random = new Random(SEED);
  private final List<SourceUnderTest> sources = new ArrayList<>();
  private final List<Kill> kills = new ArrayList<>();
  private WorkerFleet fleet;

  private void start(Support support) {
    fleet =
        WorkerFleet.start(
            "source-" + support.name().toLowerCase(Locale.ROOT),
            List.of(ConnectStack.folder("source.plugin.path")),
            Map.of(
                "exactly.once.source.support",
                support.setting,
                "offset.flush.interval.ms",
                Long.toString(FLUSHES.toMillis())),
            HEAP);
    sources.add(source("all", SwitchValues.defaults(), Map.of("page.size", "20")));
    sources.add(source("statuses", SwitchValues.defaults(), withoutMessages()));
    if (support == Support.EXACTLY_ONCE) {
      sources.add(source("intervals", SwitchValues.defaults(), transactionsOfASecond()));
      sources.add(source(DISCOVERED, SwitchValues.defaults(), allChannels()));
    }
    for (int i = 0; support == Support.EXACTLY_ONCE && i < COMBINATIONS; i++) {
      sources.add(source("combination-" + i, combination(), Map.of("page.size", "50")));
    }
  }

  private static Map<String, String> withoutMessages() {
    return Map.of(
        "transforms", "drop",
        "transforms.drop.type", "org.apache.kafka.connect.transforms.Filter",
        "transforms.drop.predicate", "isMessage",
        "predicates", "isMessage",
        "predicates.isMessage.type",
            "org.apache.kafka.connect.transforms.predicates.TopicNameMatches",
        "predicates.isMessage.pattern", ".*\\.messages",
        "page.size", "40");
  }

  private static Map<String, String> transactionsOfASecond() {
    return Map.of(
        "page.size", "50",
        "transaction.boundary", "interval",
        "transaction.boundary.interval.ms", "1000");
  }

  private static Map<String, String> allChannels() {
    return Map.of(
        "page.size", "50",
        "bird.channel.discovery", "workspace",
        "channels.refresh.interval.ms", "1000",
        "tasks.max", "2",
        "heartbeat.topic", DISCOVERED + ".heartbeats",
        "heartbeat.interval.ms", "1000");
  }

  private SwitchValues combination() {
    SwitchValues values = SwitchValues.defaults();
    for (Switch one : Switch.values()) {
      List<Choice> choices = one.choices();
      if (!choices.isEmpty()) {
        values = values.with(choices.get(random.nextInt(choices.size())));
      }
    }
    return values
        .with(Switch.PAGE_TOKEN_LIFE, Duration.ofSeconds(random.nextInt(2) * 5L))
        .with(Switch.READ_DELAY, Duration.ofMillis(random.nextInt(400)))
        .with(Switch.LATE_ARRIVALS, Duration.ofMillis(random.nextInt(2) * 3_000L))
        .with(Switch.LATE_FAILURE_DELAY, Duration.ofSeconds(random.nextInt(3)))
        .with(Switch.CLOCK_SHIFT, Duration.ofMinutes(random.nextInt(21) - 10L));
  }

  private SourceUnderTest source(String name, SwitchValues switches, Map<String, String> settings) {
    Simulator simulator =
        Simulator.start(SimulatorSettings.demo().withoutRateLimits().withSwitches(switches));
    Instant now = simulator.clock().instant().plus(switches.duration(Switch.CLOCK_SHIFT));
    simulator.inject(FaultRule.latency(Duration.ofMillis(10), Duration.ofMillis(60)));
    simulator.inject(FaultRule.unavailable().withProbability(0.01, SEED).onMethod("GET"));
    simulator.inject(FaultRule.reset().withProbability(0.01, SEED + 1).onMethod("GET"));
    simulator.liveBy(
        SourceUnderTest.CHANNEL,
        LifeProfile.steady()
            .withDelays(Duration.ofMillis(500), Duration.ofMillis(1_500), Duration.ofSeconds(3))
            .withSpread(0.9)
            .withFailures(0.1, 0.1, 0.1));
    int history = HISTORY_PER_CYCLE * (CYCLES + 1);
    simulator.makeHistory(
        SourceUnderTest.CHANNEL,
        HistorySpec.of(history, now)
            .since(now.minus(PAST))
            .withOpen(history / 10, Duration.ofSeconds(10))
            .withIncoming(0.3));
    simulator.startInbound(InboundFlow.of(UUID.fromString(SourceUnderTest.CHANNEL), 20));
    return new SourceUnderTest(name, fleet.kafka(), simulator, settings);
  }

  @AfterEach
  void stop() {
    fleet.close();
    sources.forEach(SourceUnderTest::close);
  }

  @ParameterizedTest
  @EnumSource(Support.class)
  void aWorkerThatIsKilledAgainAndAgainLosesNothing(Support support) {
    start(support);
    String worker = fleet.add();
    sources.forEach(source -> fleet.create(source.name(), source.settings()));
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      worker = strike(worker);
    }
    sources.forEach(source -> source.simulator().stopInbound(SourceUnderTest.CHANNEL));
    Instant calm = Instant.now().plus(LIFE);
    await("no status moves any more").atMost(LONG).until(() -> Instant.now().isAfter(calm));
    sources.forEach(source -> check(source, support));
    fleet.stopAll();
  }

  /** Kills the worker while there is something to read, and starts another one. */
  private String strike(String worker) {
    long before = size();
    sources.forEach(source -> source.send(40));
    sources.stream().filter(source -> source.name().equals(DISCOVERED)).forEach(this::addChannel);
    long wanted = before + LEAST_BEFORE + random.nextInt(MOST_BEFORE - LEAST_BEFORE);
    await(wanted + " records are written").atMost(LONG).until(() -> size() >= wanted);
    fleet.kill(worker);
    kills.add(new Kill(Instant.now(), lastFlushes()));
    System.out.printf("killed after about %d records: %s%n", size(), kills.get(kills.size() - 1));
    return fleet.add();
  }

  private void addChannel(SourceUnderTest source) {
    UUID id = new UUID(random.nextLong(), random.nextLong());
    source.addChannel(ChannelSettings.of(id, "sms", "New"), MESSAGES_OF_A_NEW_CHANNEL);
  }

  private long size() {
    return sources.get(0).size();
  }

  /** The key of an offset is a list of the connector's name and the partition. */
  private Map<String, Instant> lastFlushes() {
    Map<String, Instant> last = new HashMap<>();
    for (ConsumerRecord<String, String> offset : fleet.kafka().readAll("connect-offsets")) {
      sources.stream()
          .map(SourceUnderTest::name)
          .filter(name -> offset.key().startsWith("[\"" + name + "\","))
          .forEach(name -> last.put(name, Instant.ofEpochMilli(offset.timestamp())));
    }
    return last;
  }

  private void check(SourceUnderTest source, Support support) {
    SwitchValues switches = source.simulator().switches().values();
    boolean messages = !source.name().equals("statuses");
    Predicate<MadeMessage> owed =
        message -> !switches.has(Choice.INBOUND_LEFT_OUT) || message.direction().equals("outgoing");
    Predicate<Event> repeatable =
        event ->
            support == Support.AT_LEAST_ONCE
                && kills.stream().anyMatch(kill -> kill.mayBringAgain(source.name(), event));
    boolean late = switches.duration(Switch.LATE_ARRIVALS).compareTo(OVERLAP) > 0;
    source.awaitAll(messages, owed, LONG);
    SourceEvents events = new SourceEvents(source.events());
    System.out.printf("%s: %s%n", source.name(), events);
    assertThat(events.wrong(repeatable, late)).as("%s with %s", source.name(), switches).isEmpty();
    if (source.name().equals(DISCOVERED)) {
      List<Heartbeat> heartbeats = source.heartbeats();
      assertThat(heartbeats.stream().map(Heartbeat::channelId).distinct())
          .as("channels with heartbeats")
          .hasSizeGreaterThan(CYCLES);
      assertThat(events.overtaken(heartbeats, ACKNOWLEDGED)).isEmpty();
    }
  }
}
