package dev.birdconnect.sink.reconcile;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
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
  private final List<UnknownSend> absent = new ArrayList<>();
  private final BareLabels bare = new BareLabels();
  private final NamelessMessages nameless = new NamelessMessages();
  private final Map<PartitionId, PartitionReading> partitions = new HashMap<>();
  private final boolean labelled;
  private ListDirection direction;
  private boolean turned;
  private Optional<Instant> oldestRead = Optional.empty();
  private int pages;
  private @Nullable Instant newest;
  private @Nullable ServerNow serverNow;

  private record ServerNow(Instant time, long nanos) {}

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
      partitions.put(takeover.partition(), new PartitionReading(takeover, limits.margin()));
    }
  }

  /** What the reading has found out about the list's order. */
  public ListDirection direction() {
    return direction;
  }

  /** The first page to read; also the one to go on with when a page token is refused. */
  public Step begin() {
    newest = null;
    oldestRead = Optional.empty();
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
    if (!messages.isEmpty() && newest == null) {
      newest = messages.get(0).createdAt();
    }
    noteServerTime(serverTime.or(() -> Optional.ofNullable(newest)), receivedAt);
    messages.forEach(this::note);
    Optional<Instant> oldest = last(messages).map(Message::createdAt);
    if (newest != null && oldest.isPresent() && turns(newest, oldest.get())) {
      return begin();
    }
    page.unreadable().forEach(entry -> note(entry, messages));
    oldestRead = oldest.or(() -> oldestRead);
    if (direction.newestFirst()) {
      oldest.ifPresent(this::settleDownTo);
    }
    if (page.nextPageToken().isEmpty()) {
      absent.addAll(unknown.values());
      unknown.clear();
      partitions.values().forEach(PartitionReading::readToTheEnd);
    }
    boolean answered =
        unknown.isEmpty() && partitions.values().stream().allMatch(PartitionReading::isComplete);
    return answered || pages >= limits.maxPages()
        ? done()
        : new Ask(query.at(page.nextPageToken().orElseThrow()));
  }

  private static Optional<Message> last(List<Message> messages) {
    return messages.isEmpty() ? Optional.empty() : Optional.of(messages.get(messages.size() - 1));
  }

  private void noteServerTime(Optional<Instant> time, long nanos) {
    if (serverNow == null && time.isPresent()) {
      serverNow = new ServerNow(time.get(), nanos);
    }
  }

  private void note(Message message) {
    note(Mark.of(message), message.reference(), SentMessage.of(message));
  }

  private void note(UnreadableEntry entry, List<Message> messages) {
    Optional<Mark> mark = Mark.of(entry);
    if (!entry.tellsReference()) {
      nameless.add(entry, mark, notAfter(entry, messages));
    }
    note(mark, entry.reference(), SentMessage.of(entry));
  }

  /** The latest time at which an entry was made, as the list comes newest first. */
  private Optional<Instant> notAfter(UnreadableEntry entry, List<Message> messages) {
    if (!direction.newestFirst()) {
      return Optional.empty();
    }
    return last(messages.subList(0, entry.place())).map(Message::createdAt).or(() -> oldestRead);
  }

  private void note(Optional<Mark> mark, Optional<String> label, SentMessage message) {
    if (mark.isEmpty()) {
      if (labelled) {
        label.ifPresent(bare::add);
      }
      return;
    }
    RecordReference coordinates = mark.get().coordinates();
    if (!coordinates.namespace().equals(namespace)) {
      return;
    }
    if (unknown.remove(mark.get()) != null) {
      found.put(mark.get(), message);
    }
    PartitionReading reading =
        partitions.get(new PartitionId(coordinates.topic(), coordinates.partition()));
    if (reading != null) {
      reading.message(mark.get(), message);
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
                  absent.add(send);
                }
                return passed;
              });
    }
    for (PartitionReading reading : partitions.values()) {
      reading.readDownTo(oldest);
    }
  }

  private Instant bound(UnknownSend send, ServerNow now) {
    return now.time()
        .minusNanos(now.nanos() - send.firstAttemptAt())
        .minus(DATE_RESOLUTION)
        .minus(limits.margin());
  }

  /**
   * Whether a send that was not found may be one of the messages that do not tell what they are.
   */
  private boolean mayBeThere(UnknownSend send) {
    Optional<Instant> since = Optional.ofNullable(serverNow).map(now -> bound(send, now));
    return bare.mayHold(send.mark()) || nameless.mayBe(send.mark(), since);
  }

  private Done done() {
    Map<PartitionId, EarlierSends> earlier = new HashMap<>();
    partitions.forEach(
        (partition, reading) -> earlier.put(partition, reading.answer(bare, nameless)));
    Set<Mark> open = new HashSet<>(unknown.keySet());
    absent.stream().filter(this::mayBeThere).map(UnknownSend::mark).forEach(open::add);
    return new Done(new Findings(found, open, earlier, pages));
  }
}
