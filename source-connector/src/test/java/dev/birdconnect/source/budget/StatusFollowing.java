package dev.birdconnect.source.budget;

import dev.birdconnect.client.message.MessageStatus;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.source.position.ChannelState;
import dev.birdconnect.source.position.Origin;
import dev.birdconnect.source.position.Place;
import dev.birdconnect.source.position.Position;
import dev.birdconnect.source.position.ShardState;
import dev.birdconnect.source.position.Shards;
import dev.birdconnect.source.reading.ChannelEvent.StatusSeen;
import dev.birdconnect.source.reading.ChannelReader;
import dev.birdconnect.source.reading.Emission;
import dev.birdconnect.source.reading.Observed;
import dev.birdconnect.source.reading.ReadSettings;
import dev.birdconnect.source.reading.Start;
import dev.birdconnect.source.status.EmittedStatus;
import dev.birdconnect.source.status.KnownMessage;
import dev.birdconnect.source.status.KnownText;
import dev.birdconnect.source.status.KnownTexts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Follows the messages that are open at the start in several long channels, with the readers of one
 * task and one budget, and tells how long their changes have waited.
 */
final class StatusFollowing {

  private static final Instant START = Instant.parse("2031-03-01T12:00:00Z");
  private static final int PAGE = 1_000;
  private static final int MOST_AT_ONCE = 1_000;
  private static final Duration MAX_AGE = Duration.ofDays(3);
  private static final String WORKSPACE = "11111111-1111-4111-8111-111111111111";

  /**
   * What is followed.
   *
   * @param channels channels of the task
   * @param messages of each at the start
   * @param perSecond reads of all of them together
   * @param pollInterval time between two readings of a channel's head
   */
  record Load(int channels, int messages, int perSecond, Duration pollInterval) {}

  /**
   * How long changes have waited, in seconds.
   *
   * @param open messages that were open at the start
   * @param changes how many of them have changed in the time that is looked at
   * @param median of the waits
   * @param ninetieth the ninetieth percentile of the waits
   * @param bound the least median that any plan can reach
   * @param inTurn the median of a poller that reads all pages in turn
   * @param lists pages read
   * @param gets messages read one by one
   */
  record Waits(
      int open,
      int changes,
      double median,
      double ninetieth,
      double bound,
      double inTurn,
      int lists,
      int gets) {}

  private record Change(int channel, int number, Instant at) {}

  private final Load load;
  private final List<LongList> lists = new ArrayList<>();
  private final List<Set<Integer>> tracked = new ArrayList<>();
  private final List<ChannelReader> readers = new ArrayList<>();
  private final Map<String, Instant> seenAt = new HashMap<>();
  private final BudgetedApi api;

  StatusFollowing(Load load, DeliveryTimes times, long seed) {
    this.load = load;
    Random random = new Random(seed);
    Map<String, LongList> byId = new LinkedHashMap<>();
    for (int i = 0; i < load.channels(); i++) {
      String id = new UUID(0, i).toString();
      byId.put(id, new LongList(i, id, load.messages(), START, times, random));
    }
    api = new BudgetedApi(byId, load.perSecond(), START);
    ReadSettings settings =
        new ReadSettings(
            new Start.Earliest(),
            PAGE,
            load.pollInterval(),
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            MAX_AGE,
            Optional.empty(),
            10 * PAGE,
            Long.MAX_VALUE);
    byId.forEach(
        (id, list) -> {
          lists.add(list);
          tracked.add(new HashSet<>(list.open(START)));
          readers.add(
              new ChannelReader(
                  api,
                  new ChannelAddress(WORKSPACE, id),
                  settings,
                  emitted(list),
                  new Observed(),
                  api::nanoTime,
                  () -> 1.0,
                  () -> {}));
        });
  }

  /** All that there is at the start is emitted, and what is open is known. */
  private static ChannelState emitted(LongList list) {
    Map<Integer, List<KnownMessage>> known = new HashMap<>();
    for (int number : list.open(START)) {
      Instant createdAt = list.createdAt(number);
      EmittedStatus sent = new EmittedStatus(MessageStatus.SENT, createdAt.toEpochMilli(), 1);
      known
          .computeIfAbsent(Shards.of(list.id(number)), shard -> new ArrayList<>())
          .add(
              new KnownMessage(
                  list.id(number),
                  createdAt.toEpochMilli(),
                  createdAt.getEpochSecond(),
                  Optional.of(sent)));
    }
    int last = list.count(START) - 1;
    Position frontier = new Position(list.createdAt(last), list.id(last));
    Map<Integer, ShardState> shards = new HashMap<>();
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      shards.put(
          shard,
          new ShardState(
              Origin.EARLIEST,
              1,
              frontier,
              Place.TAIL,
              frontier.createdAt().toEpochMilli(),
              KnownTexts.of(KnownText.of(known.getOrDefault(shard, List.of()))),
              Optional.empty(),
              List.of()));
    }
    return new ChannelState(Optional.of(Origin.EARLIEST), false, shards);
  }

  /**
   * Follows them.
   *
   * @param before time until changes are looked at
   * @param counted time in which they are
   * @param after time in which the last of them may still be read; what is not read then counts as
   *     never read
   */
  Waits follow(Duration before, Duration counted, Duration after) {
    Instant from = START.plus(before);
    Instant to = from.plus(counted);
    run(before);
    double bound = bound();
    int listsBefore = api.lists();
    int getsBefore = api.gets();
    run(counted);
    int listsCounted = api.lists() - listsBefore;
    int getsCounted = api.gets() - getsBefore;
    run(after);
    List<Change> changes = changes(from, to);
    double[] waits = changes.stream().mapToDouble(this::waited).sorted().toArray();
    return new Waits(
        tracked.stream().mapToInt(Set::size).sum(),
        waits.length,
        waits[waits.length / 2],
        waits[waits.length * 9 / 10],
        bound,
        inTurn(changes),
        listsCounted,
        getsCounted);
  }

  private void run(Duration time) {
    long end = api.nanoTime() + time.toNanos();
    while (api.nanoTime() < end) {
      readers.forEach(this::advance);
      long next = readers.stream().mapToLong(ChannelReader::dueAt).min().orElse(end);
      long soonest = api.nanoTime() + Duration.ofMillis(1).toNanos();
      api.pass(Math.min(end, Math.max(next, soonest)));
    }
  }

  private void advance(ChannelReader reader) {
    List<Emission> out = new ArrayList<>();
    do {
      out.clear();
      reader.advance();
      reader.drainTo(out, MOST_AT_ONCE);
      out.forEach(this::note);
    } while (!out.isEmpty());
    reader.advance();
  }

  private void note(Emission emission) {
    if (emission.event() instanceof StatusSeen seen && seen.message().status().isFinal()) {
      seenAt.putIfAbsent(seen.message().id(), api.now());
    }
  }

  private List<Change> changes(Instant from, Instant to) {
    List<Change> changes = new ArrayList<>();
    for (int channel = 0; channel < lists.size(); channel++) {
      for (int number : tracked.get(channel)) {
        Instant at = lists.get(channel).deliveredAt(number);
        if (!at.isBefore(from) && at.isBefore(to)) {
          changes.add(new Change(channel, number, at));
        }
      }
    }
    return changes;
  }

  private double waited(Change change) {
    Instant seen = seenAt.get(lists.get(change.channel()).id(change.number()));
    return seen == null ? Double.POSITIVE_INFINITY : seconds(Duration.between(change.at(), seen));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1e3;
  }

  /**
   * The least median of any plan that also looks for new messages once in a poll interval, which
   * takes a read of each channel's first page. A change is read within a time only when the page
   * that shows it is read in that time, and no more pages can be than the budget has reads. Which
   * message changes next is known to nobody, and all that wait for a telephone are equally likely
   * to. So in the time of the median at least as many pages have to be read as hold, together with
   * the first ones, half of the open messages, those with the most of them first.
   */
  private double bound() {
    List<int[]> channels = IntStream.range(0, lists.size()).mapToObj(this::openOfPages).toList();
    int open = channels.stream().flatMapToInt(Arrays::stream).sum();
    int covered = channels.stream().mapToInt(pages -> pages[0]).sum();
    int[] others =
        channels.stream().flatMapToInt(pages -> Arrays.stream(pages).skip(1)).sorted().toArray();
    int read = 0;
    while (covered < open / 2) {
      covered += others[others.length - 1 - read];
      read++;
    }
    double forNewMessages = lists.size() / (load.pollInterval().toMillis() / 1e3);
    return read / (load.perSecond() - forNewMessages);
  }

  private int[] openOfPages(int channel) {
    LongList list = lists.get(channel);
    int count = list.count(api.now());
    int[] open = new int[(count + PAGE - 1) / PAGE];
    for (int number : tracked.get(channel)) {
      if (list.deliveredAt(number).isAfter(api.now())) {
        open[(count - 1 - number) / PAGE]++;
      }
    }
    return open;
  }

  /** The median of a poller that spends the whole budget on reading one page after another. */
  private double inTurn(List<Change> changes) {
    int pages = (load.messages() + PAGE - 1) / PAGE;
    double round = (double) pages * load.channels() / load.perSecond();
    double[] waits =
        changes.stream()
            .mapToDouble(
                change -> {
                  double turn =
                      (change.channel() * pages + change.number() / PAGE)
                          / (double) load.perSecond();
                  double since = seconds(Duration.between(START, change.at())) - turn;
                  return round - (since % round + round) % round;
                })
            .sorted()
            .toArray();
    return waits[waits.length / 2];
  }
}
