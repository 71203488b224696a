package dev.birdconnect.sink.reconcile;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.sink.position.PartitionId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a channel's list, newest first, that answers all {@link Questions} about the
 * channel. It makes no calls: it is told what a page holds and says which one comes next.
 *
 * <p>How far down it reads: for an unknown send, to the time of its first attempt. For a takeover,
 * to the newest message of the partition that is at least a {@linkplain RecordReference#SPAN span}
 * below the first offset in question: a send starts only when everything a span below it is
 * finished, so such a message is older than all that are in question. Times are the server's; the
 * age of an attempt is taken off the server's time at the first page, so clocks need not agree.
 */
public final class Listing {

  /** A {@code Date} header has whole seconds. */
  private static final Duration DATE_RESOLUTION = Duration.ofSeconds(1);

  /** What comes next. */
  public sealed interface Step {}

  /** A page is to be read. */
  public record Ask(ListQuery query) implements Step {}

  /** Everything is answered, as far as it can be. */
  public record Done(Findings findings) implements Step {}

  private final String namespace;
  private final ListingLimits limits;
  private final Map<Mark, UnknownSend> unknown = new HashMap<>();
  private final Map<Mark, SentMessage> found = new HashMap<>();
  private final Set<Mark> absent = new HashSet<>();
  private final BareLabels bare = new BareLabels();
  private final Map<PartitionId, PartitionReading> partitions = new HashMap<>();
  private final boolean labelled;
  private ListDirection direction;
  private boolean turned;
  private int pages;
  private @Nullable Instant newest;
  private @Nullable ServerNow serverNow;

  private record ServerNow(Instant time, long nanos) {}

  /** What has been read of a partition that is taken over. */
  private static final class PartitionReading {
    private final Takeover takeover;
    private final SentOffsets sent = new SentOffsets();
    private Optional<Instant> provenSince;
    private boolean complete;

    PartitionReading(Takeover takeover) {
      this.takeover = takeover;
      this.provenSince = takeover.provenSince();
    }

    void message(Mark mark, SentMessage message) {
      Instant createdAt = message.createdAt();
      RecordReference reference = mark.coordinates();
      if (reference.offset() >= takeover.first()) {
        boolean detailed = reference.offset() < takeover.first() + RecordReference.SPAN;
        sent.add(mark, detailed ? Optional.of(message) : Optional.empty());
        return;
      }
      sent.seen(reference.offset());
      if (reference.offset() <= takeover.first() - RecordReference.SPAN
          && provenSince.map(createdAt::isAfter).orElse(true)) {
        provenSince = Optional.of(createdAt);
      }
    }

    EarlierSends answer(BareLabels bare) {
      long doubtfulBelow =
          complete || sent.smallestSeen().isEmpty()
              ? Long.MIN_VALUE
              : sent.smallestSeen().getAsLong() + RecordReference.SPAN;
      return new EarlierSends(sent, bare, doubtfulBelow, provenSince);
    }
  }

  /**
   * @param namespace the namespace of the references
   * @param limits how far to read
   * @param direction what is known of the list's order
   * @param questions what is to be answered
   */
  public Listing(
      String namespace, ListingLimits limits, ListDirection direction, Questions questions) {
    this.namespace = namespace;
    this.limits = limits;
    this.direction = direction;
    this.labelled = questions.labelled();
    questions.unknown().forEach(send -> unknown.put(send.mark(), send));
    for (Takeover takeover : questions.takeovers()) {
      partitions.put(takeover.partition(), new PartitionReading(takeover));
    }
  }

  /** What the reading has found out about the list's order. */
  public ListDirection direction() {
    return direction;
  }

  /** The first page to read; also the one to go on with when a page token is refused. */
  public Step begin() {
    newest = null;
    return pages < limits.maxPages() ? new Ask(head()) : done();
  }

  private ListQuery head() {
    return ListQuery.first(ListQuery.MAX_LIMIT).inReverse(direction.reverse());
  }

  /**
   * Takes a page.
   *
   * @param query what was asked
   * @param page what came
   * @param serverTime the server's clock at the answer, where it told
   * @param receivedAt when the answer came, on the clock of {@link UnknownSend#firstAttemptAt}
   */
  public Step read(
      ListQuery query, MessagePage page, Optional<Instant> serverTime, long receivedAt) {
    pages++;
    List<Message> messages = page.results();
    if (!messages.isEmpty()) {
      if (newest == null) {
        newest = messages.get(0).createdAt();
      }
      noteServerTime(serverTime, newest, receivedAt);
      messages.forEach(this::note);
      Instant oldest = messages.get(messages.size() - 1).createdAt();
      if (turns(newest, oldest)) {
        return begin();
      }
      if (direction.newestFirst()) {
        settleDownTo(oldest);
      }
    }
    if (page.nextPageToken().isEmpty()) {
      absent.addAll(unknown.keySet());
      unknown.clear();
      partitions.values().forEach(reading -> reading.complete = true);
    }
    boolean answered =
        unknown.isEmpty() && partitions.values().stream().allMatch(reading -> reading.complete);
    return answered || pages >= limits.maxPages()
        ? done()
        : new Ask(query.at(page.nextPageToken().orElseThrow()));
  }

  private void noteServerTime(Optional<Instant> serverTime, Instant newestMessage, long nanos) {
    if (serverNow == null) {
      serverNow = new ServerNow(serverTime.orElse(newestMessage), nanos);
    }
  }

  private void note(Message message) {
    Optional<Mark> mark = Mark.of(message);
    if (mark.isEmpty()) {
      if (labelled) {
        message.reference().ifPresent(bare::add);
      }
      return;
    }
    RecordReference coordinates = mark.get().coordinates();
    if (!coordinates.namespace().equals(namespace)) {
      return;
    }
    if (unknown.remove(mark.get()) != null) {
      found.put(mark.get(), SentMessage.of(message));
    }
    PartitionReading reading =
        partitions.get(new PartitionId(coordinates.topic(), coordinates.partition()));
    if (reading != null) {
      reading.message(mark.get(), SentMessage.of(message));
    }
  }

  /** Whether the list has to be read the other way round, as what came was not newest first. */
  private boolean turns(Instant first, Instant last) {
    if (last.isBefore(first) && direction == ListDirection.UNKNOWN) {
      direction = ListDirection.DEFAULT;
    }
    if (!last.isAfter(first) || direction == ListDirection.NEITHER) {
      return false;
    }
    if (turned) {
      direction = ListDirection.NEITHER;
      return false;
    }
    turned = true;
    direction = direction.reverse() ? ListDirection.DEFAULT : ListDirection.REVERSE;
    return true;
  }

  private void settleDownTo(Instant oldest) {
    ServerNow now = serverNow;
    if (now != null) {
      unknown
          .values()
          .removeIf(
              send -> {
                boolean passed = oldest.isBefore(bound(send, now));
                if (passed) {
                  absent.add(send.mark());
                }
                return passed;
              });
    }
    for (PartitionReading reading : partitions.values()) {
      reading.complete |=
          reading
              .provenSince
              .map(since -> oldest.isBefore(since.minus(limits.margin())))
              .orElse(false);
    }
  }

  private Instant bound(UnknownSend send, ServerNow now) {
    return now.time()
        .minusNanos(now.nanos() - send.firstAttemptAt())
        .minus(DATE_RESOLUTION)
        .minus(limits.margin());
  }

  private Done done() {
    Map<PartitionId, EarlierSends> earlier = new HashMap<>();
    partitions.forEach((partition, reading) -> earlier.put(partition, reading.answer(bare)));
    Set<Mark> open = new HashSet<>(unknown.keySet());
    absent.stream().filter(bare::mayHold).forEach(open::add);
    return new Done(new Findings(found, open, earlier, pages));
  }
}
