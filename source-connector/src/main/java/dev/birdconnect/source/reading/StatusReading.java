package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.source.position.Place;
import dev.birdconnect.source.reading.StatusPlan.MessageRead;
import dev.birdconnect.source.reading.StatusPlan.PageRead;
import dev.birdconnect.source.reading.StatusPlan.Read;
import dev.birdconnect.source.status.KnownMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads open messages again, by pages and one by one, as {@link StatusPlan} says, until the next
 * sweep is due; a few in every cycle.
 */
final class StatusReading implements Activity {

  private static final Logger LOG = LoggerFactory.getLogger(StatusReading.class);
  private static final int READS_AT_ONCE = 4;
  private static final int LEAST_READS = 4;
  private static final int FAILURES_OF_A_PAGE = 2;

  private final Reading reading;
  private final long begun;
  private final Set<String> pagesRead = new HashSet<>();
  private Deque<Read> plan;
  private Optional<PageRead> pageUnderWay = Optional.empty();
  private int askedFor;
  private int started;

  StatusReading(Reading reading) {
    this.reading = reading;
    this.begun = reading.nanoTime.getAsLong();
    this.plan = plan();
  }

  @Override
  public long dueAt() {
    if (reading.calls.underWay() > 0 || !waitsForGets()) {
      return reading.calls.notBefore();
    }
    long sweep = reading.sweepDueAt();
    long gets = reading.calls.getsNotBefore();
    return gets - sweep < 0 ? gets : sweep;
  }

  @Override
  public void goOn() {
    if (reading.calls.underWay() == 0) {
      pageUnderWay.ifPresent(this::failed);
    }
    Optional<Read> next = takeNext();
    while (next.isPresent()) {
      start(next.get());
      next = takeNext();
    }
    if (reading.calls.underWay() == 0 && !waitsForGets()) {
      reading.statusesAreRead();
    }
  }

  /** Takes out of the plan what is to be started now. */
  private Optional<Read> takeNext() {
    boolean inTime = started < LEAST_READS || !reading.hasCome(reading.sweepDueAt());
    if (!inTime || pageUnderWay.isPresent() || reading.calls.underWay() >= READS_AT_ONCE) {
      return Optional.empty();
    }
    boolean mayGetNow = reading.hasCome(reading.calls.getsNotBefore());
    Iterator<Read> reads = plan.iterator();
    while (reads.hasNext()) {
      Read read = reads.next();
      if (mayGetNow || read instanceof PageRead) {
        if (waits(read)) {
          return Optional.empty();
        }
        reads.remove();
        return Optional.of(read);
      }
    }
    return Optional.empty();
  }

  /** A page waits until no single read is under way: it may show what others would be read for. */
  private boolean waits(Read read) {
    return read instanceof PageRead && reading.calls.underWay() > 0;
  }

  /** Whether there is time for what is left of the plan, once messages may be asked for again. */
  private boolean waitsForGets() {
    return !plan.isEmpty()
        && !reading.hasCome(reading.calls.getsNotBefore())
        && !reading.hasCome(reading.sweepDueAt());
  }

  private void start(Read read) {
    if (read instanceof PageRead page) {
      started++;
      pageUnderWay = Optional.of(page);
      pagesRead.add(page.token());
      askedFor = reading.calls.pageSize();
      ListQuery query =
          new ListQuery(askedFor, Optional.of(page.token()), reading.reverseForNewest());
      reading.calls.list(
          ReadPurpose.STATUS_PAGE, query, (shown, asOf) -> take(page, shown), this::refused);
    } else if (read instanceof MessageRead one && !isSeen(one.message())) {
      startOne(one.message().id());
    }
  }

  private void startOne(String id) {
    if (reading.calls.mayGet()) {
      started++;
      reading.calls.get(id, new Taker(id));
    } else {
      // No page may be expected to show it now.
      reading.plan.restsFrom(id, reading.nanoTime.getAsLong());
    }
  }

  private boolean isSeen(KnownMessage message) {
    return reading.plan.isSeenSince(message.id(), begun);
  }

  private void refused() {
    pageUnderWay = Optional.empty();
    reading.signposts.clear();
    if (reading.calls.mayGet()) {
      planAgain();
    } else {
      // The next sweep shows where the way down begins.
      plan.clear();
    }
  }

  /**
   * The other reads go on, and the page is left alone for a while. When it fails again, what it
   * would show is read one by one; what lies below the way down is anyway.
   */
  private void failed(PageRead page) {
    pageUnderWay = Optional.empty();
    if (reading.calls.asksForLessThan(askedFor)) {
      pagesRead.remove(page.token());
      planAgain();
      return;
    }
    int inRow = reading.failedPages.failed(page.token(), reading.nanoTime.getAsLong());
    boolean leadsDown =
        reading.signposts.wayDown().filter(way -> way.token().equals(page.token())).isPresent();
    if (inRow >= FAILURES_OF_A_PAGE && !leadsDown) {
      page.messages().forEach(message -> reading.notShown(message.id(), page.token()));
    }
    planAgain();
  }

  private void take(PageRead wanted, MessagePage page) {
    pageUnderWay = Optional.empty();
    reading.pageShown(Optional.of(wanted.token()), page);
    for (Message message : page.results()) {
      if (reading.isSettled(message)) {
        reading.handOver.add(new Sighting(message, Place.TAIL));
      }
    }
    noteNotShown(wanted, page);
    reading.handOver.whenDrained(this::planAgain);
  }

  private void noteNotShown(PageRead wanted, MessagePage page) {
    Set<String> ids = page.results().stream().map(Message::id).collect(Collectors.toSet());
    long shownDownTo = shownDownTo(page);
    wanted.messages().stream()
        .filter(message -> message.createdAtMillis() >= shownDownTo && !ids.contains(message.id()))
        .forEach(message -> reading.notShown(message.id(), wanted.token()));
  }

  /** Nothing lies below the end of the list. */
  private static long shownDownTo(MessagePage page) {
    if (page.nextPageToken().isEmpty()) {
      return Long.MIN_VALUE;
    }
    return page.results().stream()
        .mapToLong(message -> message.createdAt().toEpochMilli())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** The page may have led to others, and has shown what need not be read. */
  private void planAgain() {
    plan = plan();
  }

  private Deque<Read> plan() {
    long now = reading.nanoTime.getAsLong();
    Deque<Read> reads = new ArrayDeque<>(reading.plan());
    reads.removeIf(
        read ->
            read instanceof PageRead page
                && (pagesRead.contains(page.token())
                    || reading.failedPages.rests(page.token(), now)));
    return reads;
  }

  private final class Taker implements Calls.MessageTaker {

    private final String id;

    private Taker(String id) {
      this.id = id;
    }

    @Override
    public void found(Message message) {
      reading.handOver.add(new Sighting(message, Place.TAIL));
    }

    @Override
    public void missing() {
      reading.memory.gone(id);
      reading.observer.gone();
      LOG.info(
          "The message {} of the channel {} is gone; its statuses are no longer followed.",
          id,
          reading.address.channelId());
    }

    @Override
    public void forbidden() {
      planAgain();
    }

    @Override
    public void unreadable() {
      reading.plan.restsFrom(id, reading.nanoTime.getAsLong());
    }

    /** Others go first. */
    @Override
    public void failed() {
      reading.plan.restsFrom(id, reading.nanoTime.getAsLong());
    }
  }
}
