package dev.birdconnect.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.sink.config.DoubtPolicy;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.position.RecordPosition;
import dev.birdconnect.sink.reconcile.ListDirection;
import dev.birdconnect.sink.reconcile.Listing;
import dev.birdconnect.sink.reconcile.SeenPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A model of what is around delivery: partitions with records, a consumer group that gives and
 * takes them, and an API that makes messages, loses answers and shows messages late in its lists.
 * It knows the truth and checks after each step what delivery made of it.
 */
final class ModelWorld {

  /** What can happen. */
  enum Kind {
    HANDED_OVER,
    ACCEPTED,
    REJECTED,
    THROTTLED,
    NOT_CONNECTED,
    LOST_AND_MADE,
    LOST_AND_NOT_MADE,
    MADE_AFTER_GIVEN_UP,
    MADE_AFTER_TIME_OUT,
    FOUND,
    PAGE_READ,
    COMMITTED,
    REVOKED,
    PARTITION_LOST,
    GIVEN_BACK,
    ABSENT
  }

  private static final long MILLI = 1_000_000;
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);
  static final Duration SETTLE = Duration.ofSeconds(1);

  /** A message that the API makes although nobody waits for the answer any more. */
  private record Late(Send<String> send, long at) {}

  private record Flight(Consignment<String> consignment, long deadline) {
    private Attempt<String> attempt() {
      return consignment.first();
    }
  }

  private static final class Reading {
    private final Inquiry<String> inquiry;
    private final Listing listing;
    private Optional<ListQuery> next;

    Reading(Inquiry<String> inquiry, DoubtRules rules) {
      this.inquiry = inquiry;
      this.listing =
          new Listing(
              rules.namespace(), rules.limits(), ListDirection.UNKNOWN, inquiry.questions());
      this.next = listing.begin();
    }
  }

  private final Random random;
  private final int keys;
  private final DoubtRules rules =
      new DoubtRules("n", DoubtPolicy.REPORT, CALL_TIMEOUT, SETTLE, 100_000);
  private final Deliveries<String> deliveries;
  private final List<ModelLog> logs = new ArrayList<>();
  private final List<Flight> flights = new ArrayList<>();
  private final List<Late> late = new ArrayList<>();
  private final List<Reading> readings = new ArrayList<>();
  private final ModelApi api = new ModelApi(3);
  private final Set<RecordPosition> reported = new HashSet<>();
  private final Map<Kind, Integer> met = new EnumMap<>(Kind.class);
  private final int maxInFlight;
  private final int records;
  private final Duration latest;
  private boolean calm;
  private long now = 77;

  /**
   * @param records how many records are produced to each partition
   */
  ModelWorld(Random random, int maxInFlight, int keys, int records) {
    this(random, maxInFlight, keys, records, SETTLE);
  }

  /**
   * @param records how many records are produced to each partition
   * @param latest how long after the end of a call the API may take its request up
   */
  ModelWorld(Random random, int maxInFlight, int keys, int records, Duration latest) {
    this.random = random;
    this.latest = latest;
    this.keys = keys;
    this.records = records;
    this.maxInFlight = maxInFlight;
    this.deliveries =
        new Deliveries<>(
            maxInFlight,
            maxInFlight,
            BatchRules.SINGLE,
            new RetrySchedule(Duration.ofMillis(100), Duration.ofSeconds(1), random::nextDouble),
            rules,
            false,
            new DeliveryObserver<>() {
              @Override
              public void doubtEnded(DoubtEnd end) {
                assertThat(end).isIn(DoubtEnd.FOUND, DoubtEnd.SENT_AGAIN);
                if (end == DoubtEnd.FOUND) {
                  meet(Kind.FOUND);
                }
              }
            },
            Optional::empty,
            now);
    for (int partition = 0; partition < 3; partition++) {
      logs.add(new ModelLog(new PartitionId("orders", partition)));
    }
  }

  private void meet(Kind kind) {
    met.merge(kind, 1, Integer::sum);
  }

  /** How often something has happened. */
  int met(Kind kind) {
    return met.getOrDefault(kind, 0);
  }

  /** Lets something happen. */
  void step() {
    ModelLog log = logs.get(random.nextInt(logs.size()));
    switch (random.nextInt(calm ? 6 : 11)) {
      case 0 -> handOver(log);
      case 1, 2 -> endOne();
      case 3 -> readPage();
      case 4 -> passTime(random.nextInt(400));
      case 5 -> commit(log);
      case 6 -> passTime(random.nextInt(3_000));
      case 7 -> giveUp(log, random.nextBoolean());
      case 8 -> giveBack(log);
      case 9 -> handOver(log);
      default -> {
        if (random.nextInt(30) == 0) {
          meet(Kind.ABSENT);
          passTime(11_000);
        }
      }
    }
    start();
    checkPlaces();
  }

  private void start() {
    deliveries.seen(now);
    for (Consignment<String> consignment : deliveries.start(now)) {
      flights.add(new Flight(consignment, now + CALL_TIMEOUT.toNanos()));
    }
    for (Inquiry<String> inquiry : deliveries.ask(now)) {
      readings.add(new Reading(inquiry, rules));
    }
    for (Rejection<String> rejection : deliveries.outcomes().takeRejections()) {
      assertThat(rejection.ground()).isNotEqualTo(Rejection.Ground.DOUBT);
      reported.add(rejection.position());
      deliveries.reported(rejection);
    }
    assertThat(deliveries.failure()).isEmpty();
  }

  private void checkPlaces() {
    DeliveryLoad load = deliveries.load(now);
    int places =
        load.inFlight()
            + load.ready()
            + load.backingOff()
            + load.held()
            + load.beyondSpan()
            + load.doubts();
    assertThat(places).as("each lane in one place: %s", load).isEqualTo(deliveries.lanes());
    assertThat(load.inFlight()).isEqualTo(flights.size()).isLessThanOrEqualTo(maxInFlight);
    Set<Object> lanes = new HashSet<>();
    flights.forEach(
        flight ->
            assertThat(lanes.add(flight.attempt().lane())).as("one in flight of a lane").isTrue());
  }

  private void handOver(ModelLog log) {
    if (!log.owned) {
      return;
    }
    meet(Kind.HANDED_OVER);
    for (int count = random.nextInt(4); count >= 0; count--) {
      if (log.readToItsEnd()) {
        if (calm || log.size() == records) {
          return;
        }
        log.produce(random.nextInt(keys));
      }
      deliveries.accept(log.handOver(), now);
    }
  }

  private ModelLog log(Send<String> send) {
    return logs.get(send.position().partition().number());
  }

  private void endOne() {
    if (!flights.isEmpty()) {
      end(flights.remove(random.nextInt(flights.size())), false);
    }
  }

  private void end(Flight flight, boolean timedOut) {
    Send<String> send = flight.attempt().send();
    boolean rejected = log(send).isRejected(send.position().offset());
    int luck = random.nextInt(10);
    Verdict verdict;
    if (timedOut || flight.attempt().abandoned() || (!calm && luck < 4)) {
      boolean makes = !rejected && random.nextBoolean();
      meet(makes ? Kind.LOST_AND_MADE : Kind.LOST_AND_NOT_MADE);
      if (makes) {
        if (flight.attempt().abandoned()) {
          meet(Kind.MADE_AFTER_GIVEN_UP);
        }
        if (timedOut && random.nextBoolean()) {
          meet(Kind.MADE_AFTER_TIME_OUT);
          late.add(new Late(send, now + random.nextInt((int) latest.toMillis()) * MILLI));
        } else {
          make(send);
        }
      }
      verdict = Sends.UNKNOWN;
    } else if (!calm && luck < 6) {
      meet(luck == 4 ? Kind.THROTTLED : Kind.NOT_CONNECTED);
      verdict = luck == 4 ? Sends.THROTTLED : Sends.NOT_CONNECTED;
    } else if (rejected) {
      meet(Kind.REJECTED);
      verdict = Sends.REJECTED;
    } else {
      meet(Kind.ACCEPTED);
      make(send);
      verdict = Sends.ACCEPTED;
    }
    deliveries.ended(flight.consignment(), verdict, now);
  }

  private void make(Send<String> send) {
    api.make(send, now, now + random.nextInt((int) SETTLE.toMillis()) * MILLI);
  }

  private void readPage() {
    if (readings.isEmpty()) {
      return;
    }
    meet(Kind.PAGE_READ);
    Reading reading = readings.get(random.nextInt(readings.size()));
    if (reading.next.isPresent()) {
      ListQuery query = reading.next.get();
      MessagePage page = api.page(reading.inquiry.address(), query, now);
      reading.next =
          reading.listing.read(query, SeenPage.of(page), Optional.of(ModelApi.time(now)), now);
    }
    if (reading.next.isEmpty()) {
      readings.remove(reading);
      deliveries.answered(reading.inquiry, reading.listing.findings(), now);
    }
  }

  private void makeLate(long until) {
    late.stream()
        .filter(one -> one.at() <= until)
        .sorted(Comparator.comparingLong(Late::at))
        .toList()
        .forEach(
            one -> {
              late.remove(one);
              now = Math.max(now, one.at());
              api.make(one.send(), one.at(), one.at());
            });
  }

  /** Calls that take too long end in between, and what they asked for may be made after that. */
  private void passTime(long millis) {
    long until = now + millis * MILLI;
    while (true) {
      Optional<Flight> next =
          flights.stream()
              .filter(flight -> flight.deadline() <= until)
              .min(Comparator.comparingLong(Flight::deadline));
      if (next.isEmpty()) {
        break;
      }
      makeLate(next.get().deadline());
      now = next.get().deadline();
      flights.remove(next.get());
      end(next.get(), true);
    }
    makeLate(until);
    now = until;
  }

  private void commit(ModelLog log) {
    if (!log.owned) {
      return;
    }
    meet(Kind.COMMITTED);
    log.commit(deliveries.oldestUnfinished(log.id).orElse(log.position()));
    log.finishedOffsets()
        .forEach(
            offset ->
                assertThat(
                        log.isTombstone(offset)
                            || api.made(log.at(offset)) > 0
                            || reported.contains(log.at(offset)))
                    .as("%s is committed, so it is finished", log.at(offset))
                    .isTrue());
  }

  private void giveUp(ModelLog log, boolean lost) {
    if (!log.owned) {
      return;
    }
    meet(lost ? Kind.PARTITION_LOST : Kind.REVOKED);
    Set<PartitionId> gone = Set.of(log.id);
    deliveries.retire(gone);
    checkPlaces();
    while (random.nextBoolean() && !flights.isEmpty()) {
      endOne();
    }
    deliveries.abandon(gone);
    if (!lost) {
      commit(log);
    }
    deliveries.forget(gone);
    log.owned = false;
  }

  private void giveBack(ModelLog log) {
    if (log.owned) {
      return;
    }
    meet(Kind.GIVEN_BACK);
    log.assign();
    deliveries.open(log.id, now);
  }

  /** Nothing goes wrong any more, until all that was produced is finished. */
  void calm() {
    calm = true;
    logs.forEach(this::giveBack);
    for (int step = 0; !finished(); step++) {
      assertThat(step).as("steps until all is finished").isLessThan(100_000);
      step();
      passTime(20);
      start();
    }
  }

  private boolean finished() {
    return flights.isEmpty()
        && late.isEmpty()
        && deliveries.unfinished() == 0
        && logs.stream().allMatch(ModelLog::readToItsEnd);
  }

  /** Both ends agree, and nothing is left behind. */
  void check() {
    for (ModelLog log : logs) {
      commit(log);
      assertThat(log.committedToItsEnd()).isTrue();
      log.finishedOffsets()
          .forEach(
              offset -> {
                RecordPosition place = log.at(offset);
                assertThat(api.made(place))
                    .as("%s", place)
                    .isEqualTo(log.becomesMessage(offset) ? 1 : 0);
                assertThat(reported.contains(place))
                    .as("%s", place)
                    .isEqualTo(log.isUnfit(offset) || log.isRejected(offset));
              });
    }
    assertThat(deliveries.lanes()).isZero();
    assertThat(deliveries.doubts()).isZero();
    assertThat(deliveries.inFlight()).isZero();
    assertThat(deliveries.loads().values()).containsOnly(0L);
  }
}
