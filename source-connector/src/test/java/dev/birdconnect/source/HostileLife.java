package dev.birdconnect.source;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_ACCESS_KEY;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_SMS_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_WHATSAPP_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_WORKSPACE_ID;

import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.generation.HistorySpec;
import dev.birdconnect.simulator.generation.InboundFlow;
import dev.birdconnect.simulator.life.LifeProfile;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.Switch;
import dev.birdconnect.simulator.switches.SwitchValues;
import dev.birdconnect.source.config.SourceConfig;
import dev.birdconnect.source.metrics.ReadingCounters;
import dev.birdconnect.source.workspace.WorkspaceUse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * One life of a task on the API over HTTP, all of it drawn from a seed: two channels with a history
 * and open messages in it, messages that arrive while it is read, statuses that move, calls that
 * fail; the task is stopped and broken off in between, and a transform may drop records. In the end
 * both ends are compared.
 */
final class HostileLife implements AutoCloseable {

  /** How much faster than real time all goes; a wait of the task takes that much longer. */
  private static final int FACTOR = 20;

  private static final List<String> CHANNELS =
      List.of(DEMO_SMS_CHANNEL_ID, DEMO_WHATSAPP_CHANNEL_ID);
  private static final Duration OVERLAP = Duration.ofSeconds(10);
  private static final Duration DELIVERED_AFTER = Duration.ofSeconds(15);
  private static final Duration OPEN_FOR = Duration.ofSeconds(40);
  private static final Duration CALM = Duration.ofSeconds(20);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int ACTIONS = 50;
  private static final int HISTORY = 80;

  /** Whenever a channel could rest, and again soon after it has spared nothing. */
  private static final WorkspaceUse WORKSPACE_USE =
      new WorkspaceUse(1, Duration.ofSeconds(2), Duration.ofSeconds(20));

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** How the task ends in between. */
  private enum Ending {
    /** In peace. */
    STOPPED,
    /** In the middle of a transaction; workers with exactly-once support. */
    ABORTED,
    /** After records whose offsets are not stored; workers without that support. */
    KILLED
  }

  /** What a transform drops. */
  private enum Filter {
    NOTHING,
    MESSAGES,
    SOME_MESSAGES,
    SOME_STATUSES;

    private boolean drops(SourceRecord record) {
      return switch (this) {
        case NOTHING -> false;
        case MESSAGES -> record.topic().endsWith(".messages");
        case SOME_MESSAGES -> isOfSome((String) record.key());
        case SOME_STATUSES ->
            record.topic().endsWith(".statuses")
                && ((Struct) record.value()).getString("status").equals("processing");
      };
    }

    private boolean leavesOut(MadeMessage message) {
      return this == SOME_MESSAGES && isOfSome(message.id());
    }

    private static boolean isOfSome(String messageId) {
      return messageId.hashCode() % 3 == 0;
    }
  }

  private final SwitchValues switches;
  private final Random random;
  private final FastTime time;
  private final Ending ending;
  private final Filter filter;
  private final Simulator simulator;
  private final Map<String, String> properties;
  private final FakeWorker worker;
  private int sent;

  HostileLife(SwitchValues switches, long seed) {
    this.switches = switches;
    this.random = new Random(seed);
    this.time = new FastTime(FACTOR, Duration.ofMillis(random.nextBoolean() ? 1 : 700));
    this.ending = Ending.values()[random.nextInt(Ending.values().length)];
    this.filter =
        random.nextBoolean()
            ? Filter.NOTHING
            : Filter.values()[random.nextInt(Filter.values().length)];
    this.simulator =
        Simulator.start(
            SimulatorSettings.demo()
                .withoutRateLimits()
                .withClock(time.clock())
                .withSeed(seed)
                .withSwitches(switches));
    this.properties = TaskRun.properties(simulator, CHANNELS.toArray(String[]::new));
    properties.put("poll.interval.ms", "250");
    properties.put("overlap.ms", Long.toString(OVERLAP.toMillis()));
    properties.put(
        "page.size", Integer.toString(List.of(10, 40, 100, 1_000).get(random.nextInt(4))));
    makePast(seed);
    injectFaults(seed);
    this.worker =
        new FakeWorker(
            this::task,
            filter::drops,
            ending == Ending.ABORTED ? FakeWorker.Reports.TRANSACTIONS : FakeWorker.Reports.EACH);
  }

  private StartedSourceTask task(OffsetStorageReader offsets) {
    return new StartedSourceTask(
        new SourceConfig(properties),
        TaskRun.client(simulator),
        offsets,
        new ReadingCounters(time::nanoTime),
        time::nanoTime,
        random::nextDouble,
        WakeUp.real(),
        WORKSPACE_USE);
  }

  private void makePast(long seed) {
    Instant now = time.now().plus(switches.duration(Switch.CLOCK_SHIFT));
    LifeProfile profile =
        LifeProfile.steady()
            .withDelays(Duration.ofSeconds(2), Duration.ofSeconds(6), DELIVERED_AFTER)
            .withSpread(0.9)
            .withFailures(0.1, 0.1, 0.1);
    for (String channel : CHANNELS) {
      simulator.liveBy(channel, profile);
      int messages = 1 + random.nextInt(HISTORY);
      simulator.makeHistory(
          channel,
          HistorySpec.of(messages, now)
              .since(now.minus(Duration.ofMinutes(15)))
              .withOpen(messages / 4, OPEN_FOR)
              .withIncoming(0.3)
              .withSeed(seed));
      arrive(channel, random.nextInt(40));
      simulator.startInbound(InboundFlow.of(UUID.fromString(channel), 1).ofCount(40));
    }
  }

  private void injectFaults(long seed) {
    if (random.nextBoolean()) {
      simulator.inject(FaultRule.unavailable().withProbability(0.02, seed).onMethod("GET"));
      simulator.inject(FaultRule.reset().withProbability(0.02, seed + 1).onMethod("GET"));
      simulator.inject(FaultRule.resetInAnswer().withProbability(0.02, seed + 2).onMethod("GET"));
    }
    if (random.nextInt(4) == 0) {
      simulator.inject(FaultRule.tooManyRequests().next(1).onMethod("GET"));
      simulator.inject(
          FaultRule.latency(Duration.ofMillis(1), Duration.ofMillis(40)).onMethod("GET"));
    }
  }

  /** Lives, and tells what is wrong in the end. */
  List<String> live() {
    for (int i = 0; i < ACTIONS; i++) {
      act();
    }
    pollUntilCalm();
    worker.restart();
    Instant end = time.now().plus(CALM);
    while (time.now().isBefore(end)) {
      worker.poll();
    }
    SourceEnds ends = ends();
    List<String> all = new ArrayList<>(ends.missing(worker.records()));
    all.addAll(ends.wrong(worker.certain()));
    return all;
  }

  private void act() {
    switch (random.nextInt(12)) {
      case 0 -> arrive(channel(), 1 + random.nextInt(4));
      case 1, 2 -> send(channel(), 1 + random.nextInt(4));
      case 3 -> worker.flush();
      case 4 -> {
        if (random.nextInt(2) == 0) {
          end();
        }
      }
      default -> worker.poll();
    }
  }

  private String channel() {
    return CHANNELS.get(random.nextInt(CHANNELS.size()));
  }

  private void end() {
    switch (ending) {
      case STOPPED -> worker.restart();
      case ABORTED -> worker.abort(random);
      case KILLED -> worker.crash();
    }
  }

  private void arrive(String channel, int messages) {
    for (int i = 0; i < messages; i++) {
      simulator.receiveInbound(channel, "+3161000000" + i, "Hi");
    }
  }

  private void send(String channel, int messages) {
    for (int i = 0; i < messages; i++) {
      send(channel);
    }
  }

  private void send(String channel) {
    String body =
        """
        {"receiver": {"contacts": [{"identifierValue": "+31612345678"}]},
         "body": {"type": "text", "text": {"text": "Hello"}}, "reference": "hostile-%d"}"""
            .formatted(sent++);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "%s/workspaces/%s/channels/%s/messages"
                        .formatted(simulator.url(), DEMO_WORKSPACE_ID, channel)))
            .header("Authorization", "AccessKey " + DEMO_ACCESS_KEY)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      int status = HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 202) {
        throw new IllegalStateException("A message was not taken but answered " + status + ".");
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Until nothing moves any more and all is there, or patience is at its end. */
  private void pollUntilCalm() {
    long begin = System.nanoTime();
    Instant calm =
        time.now()
            .plus(OPEN_FOR)
            .plus(CALM)
            .plus(switches.duration(Switch.LATE_FAILURE_DELAY))
            .plus(switches.duration(Switch.READ_DELAY))
            .plus(switches.duration(Switch.LATE_ARRIVALS));
    while (System.nanoTime() - begin < PATIENCE_NANOS
        && (time.now().isBefore(calm) || !ends().missing(worker.records()).isEmpty())) {
      for (int i = 0; i < 5; i++) {
        worker.poll();
      }
    }
  }

  private SourceEnds ends() {
    Instant now = time.now().plus(switches.duration(Switch.CLOCK_SHIFT));
    Duration keep = switches.duration(Switch.KEEP_MESSAGES);
    Predicate<MadeMessage> listed =
        message -> !switches.has(Choice.INBOUND_LEFT_OUT) || message.direction().equals("outgoing");
    Predicate<MadeMessage> kept =
        message -> keep.isZero() || now.isBefore(message.createdAt().plus(keep));
    List<MadeMessage> made = simulator.messages().stream().filter(listed).toList();
    Set<String> ids = made.stream().map(MadeMessage::id).collect(Collectors.toSet());
    Duration delay = switches.duration(Switch.READ_DELAY);
    Duration late = switches.duration(Switch.LATE_ARRIVALS);
    boolean comesLate = !late.isZero() && delay.plus(late).compareTo(OVERLAP) > 0;
    return new SourceEnds(
        new SourceEnds.Allowed(
            comesLate, filter != Filter.MESSAGES, filter != Filter.SOME_STATUSES),
        made.stream().filter(kept).filter(message -> !filter.leavesOut(message)).toList(),
        ids);
  }

  /** What the seed has led to. */
  String outline() {
    Map<String, Object> outline = new HashMap<>(Map.of("ending", ending, "filter", filter));
    outline.put("page.size", properties.get("page.size"));
    outline.put("messages", simulator.size());
    outline.put("records", worker.records().size());
    return outline.toString();
  }

  @Override
  public void close() {
    worker.close();
    simulator.close();
  }
}
