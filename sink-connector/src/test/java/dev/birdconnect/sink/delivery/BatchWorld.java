package dev.birdconnect.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.message.MessageStatus;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.sink.config.DoubtPolicy;
import dev.birdconnect.sink.reconcile.ListDirection;
import dev.birdconnect.sink.reconcile.Listing;
import dev.birdconnect.sink.reconcile.Reading;
import dev.birdconnect.sink.reconcile.SeenPage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deliveries with batches, next to an API whose list the test fills; time stands still. */
final class BatchWorld {

  static final long MILLI = 1_000_000;
  static final ChannelAddress CHANNEL = Sends.send(Sends.P0, 0, "k").address();

  private static final Instant START = Instant.parse("2031-03-01T13:00:00Z");

  /** A message of the channel, listed from a time on. */
  record Made(long offset, String status, long madeAt, long listedFrom, int number) {}

  final List<Made> made = new ArrayList<>();
  final Deliveries<String> deliveries;
  int pageSize = 1000;
  int pagesRead;
  long now = 1000 * MILLI;

  BatchWorld(BatchRules batches, DoubtPolicy policy, int maxInFlight) {
    deliveries =
        new Deliveries<>(
            maxInFlight,
            2,
            batches,
            new RetrySchedule(Duration.ofMillis(100), Duration.ofSeconds(1), () -> 1.0),
            new DoubtRules(
                "n",
                policy,
                Duration.ofMillis(400),
                Duration.ofMillis(100),
                batches.resultTimeout(),
                1000),
            false,
            DeliveryObserver.none(),
            Optional::empty,
            now);
    deliveries.open(Sends.P0, now);
    deliveries.open(Sends.P1, now);
  }

  /** With batches of up to so many sends, and ten requests in flight. */
  static BatchWorld world(int maxSends) {
    return new BatchWorld(rules(maxSends, false), DoubtPolicy.REPORT, 10);
  }

  static BatchRules rules(int maxSends, boolean arrayOrder) {
    return new BatchRules(maxSends, Duration.ofMillis(5), arrayOrder, Duration.ofMillis(2000), 50);
  }

  void accept(Object key, long... offsets) {
    for (long offset : offsets) {
      deliveries.accept(Sends.send(Sends.P0, offset, key), now);
    }
  }

  /** What leaves now. */
  List<Consignment<String>> start() {
    deliveries.seen(now);
    return deliveries.start(now);
  }

  /** Lets the sends with these offsets, each with its own key, leave in one request. */
  Consignment<String> batch(int sends) {
    for (long offset = 0; offset < sends; offset++) {
      accept("k" + offset, offset);
    }
    takenOver();
    List<Consignment<String>> started = new ArrayList<>(start());
    pass(5);
    started.addAll(start());
    assertThat(started).hasSize(1);
    return started.get(0);
  }

  /** Such a request that the API has taken in. */
  Consignment<String> taken(int sends) {
    Consignment<String> batch = batch(sends);
    deliveries.taken(batch, now);
    return batch;
  }

  /** Answers the takeovers and passes the time that they need. */
  void takenOver() {
    start();
    pass(2500);
    answer();
  }

  void pass(long millis) {
    now += millis * MILLI;
    deliveries.seen(now);
  }

  /** The API makes the messages of a consignment, in its order. */
  void make(Consignment<String> consignment) {
    consignment.attempts().forEach(attempt -> make(offset(attempt), "accepted", 0));
  }

  void make(long offset, String status, long listedLaterMillis) {
    made.add(new Made(offset, status, now, now + listedLaterMillis * MILLI, made.size()));
  }

  static long offset(Attempt<String> attempt) {
    return attempt.send().position().offset();
  }

  static List<Long> offsets(Consignment<String> consignment) {
    return consignment.attempts().stream().map(BatchWorld::offset).toList();
  }

  /** Reads all lists that are asked for now. */
  void answer() {
    for (Inquiry<String> inquiry : deliveries.ask(now)) {
      Listing listing =
          new Listing(
              "n",
              new DoubtRules(
                      "n", DoubtPolicy.REPORT, Duration.ofMillis(400), Duration.ofMillis(100), 1000)
                  .limits(),
              ListDirection.DEFAULT,
              inquiry.questions(),
              sightings -> deliveries.saw(inquiry.address(), sightings, now));
      read(listing);
      deliveries.answered(inquiry, listing.findings(), now);
    }
  }

  /** Makes the sweeps that begin now. */
  int sweep() {
    List<Sweep<String>> sweeps = deliveries.sweep(now);
    for (Sweep<String> sweep : sweeps) {
      sweep.direction(ListDirection.DEFAULT);
      read(sweep);
      deliveries.swept(sweep, now);
    }
    return sweeps.size();
  }

  void read(Reading reading) {
    Optional<ListQuery> next = reading.begin();
    while (next.isPresent()) {
      next = readPage(reading, next.get());
    }
  }

  Optional<ListQuery> readPage(Reading reading, ListQuery query) {
    pagesRead++;
    return reading.read(query, SeenPage.of(page(query)), Optional.of(at(now)), now);
  }

  private MessagePage page(ListQuery query) {
    int from = query.pageToken().map(Integer::parseInt).orElse(0);
    List<Made> listed =
        made.stream()
            .filter(one -> one.listedFrom() <= now)
            .sorted(
                Comparator.comparingLong(Made::madeAt).thenComparingInt(Made::number).reversed())
            .toList();
    int to = Math.min(listed.size(), from + Math.min(pageSize, query.limit()));
    return new MessagePage(
        listed.subList(Math.min(from, to), to).stream().map(BatchWorld::message).toList(),
        to < listed.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
  }

  private static Instant at(long nanos) {
    return START.plusNanos(nanos);
  }

  private static Message message(Made made) {
    ObjectNode resource =
        JsonNodeFactory.instance.objectNode().put("reference", "r" + made.offset());
    resource
        .putObject("meta")
        .putObject("extraInformation")
        .put("kafkaRecord", Sends.send(Sends.P0, made.offset(), "k").identity().label());
    resource.put("status", made.status());
    resource.put("reason", "no such number +31612345678");
    resource.putObject("failure").put("code", 11002);
    return new Message(
        "m" + made.number(),
        "c",
        new MessageStatus(made.status()),
        at(made.madeAt()),
        at(made.madeAt()),
        resource);
  }

  /** How often each offset was made. */
  Map<Long, Integer> timesMade() {
    Map<Long, Integer> times = new HashMap<>();
    made.forEach(one -> times.merge(one.offset(), 1, Integer::sum));
    return times;
  }
}
