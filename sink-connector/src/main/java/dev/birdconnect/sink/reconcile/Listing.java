package dev.birdconnect.sink.reconcile;

import dev.birdconnect.client.message.UnreadableEntry;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.sink.position.PartitionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One reading of a channel's list, newest first, that answers all {@link Questions} about the
 * channel.
 *
 * <p>How far down it reads: for an unknown send, to the time of its first attempt. For a takeover,
 * to the newest message of the partition that is at least a {@linkplain RecordReference#SPAN span}
 * below the first offset in question: a send starts only when everything a span below it is
 * finished, so such a message is older than all that are in question. Times are the server's; the
 * age of an attempt is taken off the server's time at the first page, so clocks need not agree.
 */
public final class Listing implements Reading {

  /** For equal times, where nothing has to be proven. */
  private static final Duration GLANCE_MARGIN = Duration.ofSeconds(1);

  private final String namespace;
  private final ListingLimits limits;
  private final Map<Mark, UnknownSend> unknown = new HashMap<>();
  private final Map<Mark, SentMessage> found = new HashMap<>();
  private final List<UnknownSend> absent = new ArrayList<>();
  private final BareLabels bare = new BareLabels();
  private final NamelessMessages nameless = new NamelessMessages();
  private final Map<PartitionId, PartitionReading> partitions = new HashMap<>();
  private final boolean labelled;
  private final ListWalk walk;
  private final Consumer<List<Sighting>> watcher;

  /**
   * @param namespace the namespace of the references
   * @param limits how far to read
   * @param direction what is known of the list's order
   * @param questions what is to be answered
   */
  public Listing(
      String namespace, ListingLimits limits, ListDirection direction, Questions questions) {
    this(namespace, limits, direction, questions, sightings -> {});
  }

  /**
   * @param namespace the namespace of the references
   * @param limits how far to read
   * @param direction what is known of the list's order
   * @param questions what is to be answered
   * @param watcher is shown every page
   */
  public Listing(
      String namespace,
      ListingLimits limits,
      ListDirection direction,
      Questions questions,
      Consumer<List<Sighting>> watcher) {
    this.watcher = watcher;
    this.namespace = namespace;
    this.limits = limits;
    this.labelled = questions.labelled();
    this.walk = new ListWalk(limits.maxPages(), ListQuery.MAX_LIMIT, direction, new Search());
    questions.unknown().forEach(send -> unknown.put(send.mark(), send));
    for (Takeover takeover : questions.takeovers()) {
      partitions.put(takeover.partition(), new PartitionReading(takeover, limits.margin()));
    }
  }

  /** What the reading has found out about the list's order. */
  public ListDirection direction() {
    return walk.direction();
  }

  @Override
  public Optional<ListQuery> begin() {
    return walk.begin();
  }

  @Override
  public Optional<ListQuery> read(
      ListQuery query, SeenPage page, Optional<Instant> serverTime, long receivedAt) {
    return walk.read(query, page, serverTime, receivedAt);
  }

  /** The answers, as far as there are any; complete when the reading is over. */
  public Findings findings() {
    Map<PartitionId, EarlierSends> earlier = new HashMap<>();
    partitions.forEach(
        (partition, reading) -> earlier.put(partition, reading.answer(bare, nameless)));
    Set<Mark> open = new HashSet<>(unknown.keySet());
    absent.stream().filter(this::mayBeThere).map(UnknownSend::mark).forEach(open::add);
    return new Findings(found, open, earlier, walk.pages());
  }

  /**
   * Whether a send that was not found may be one of the messages that do not tell what they are.
   */
  private boolean mayBeThere(UnknownSend send) {
    Optional<Instant> since = walk.serverNow().map(now -> bound(send, now));
    return bare.mayHold(send.mark()) || nameless.mayBe(send.mark(), since);
  }

  private Instant bound(UnknownSend send, ServerNow now) {
    return now.atLeastAt(send.firstAttemptAt())
        .minus(send.conclusive() ? limits.margin() : GLANCE_MARGIN);
  }

  private final class Search implements ListSearch {

    @Override
    public void saw(List<Sighting> sightings) {
      sightings.forEach(this::saw);
      watcher.accept(sightings);
    }

    private void saw(Sighting sighting) {
      if (sighting.mark().isEmpty()) {
        if (labelled) {
          sighting.bareLabel().ifPresent(bare::add);
        }
        return;
      }
      Mark mark = sighting.mark().get();
      RecordReference coordinates = mark.coordinates();
      if (!coordinates.namespace().equals(namespace)) {
        return;
      }
      if (unknown.remove(mark) != null) {
        found.put(mark, sighting.message());
      }
      PartitionReading reading =
          partitions.get(new PartitionId(coordinates.topic(), coordinates.partition()));
      if (reading != null) {
        reading.message(mark, sighting.message());
      }
    }

    @Override
    public void unreadable(UnreadableEntry entry, Optional<Instant> notAfter) {
      if (!entry.tellsReference()) {
        nameless.add(entry, Mark.of(entry), notAfter);
      }
    }

    @Override
    public void downTo(Instant newest, Instant oldest, ServerNow now) {
      unknown
          .values()
          .removeIf(
              send -> {
                boolean passed = oldest.isBefore(bound(send, now));
                if (passed) {
                  absent.add(send);
                }
                return passed;
              });
      partitions.values().forEach(reading -> reading.readDownTo(oldest));
    }

    @Override
    public void wholeList() {
      absent.addAll(unknown.values());
      unknown.clear();
      partitions.values().forEach(PartitionReading::readToTheEnd);
    }

    @Override
    public boolean done() {
      return unknown.isEmpty()
          && partitions.values().stream().allMatch(PartitionReading::isComplete);
    }
  }
}
