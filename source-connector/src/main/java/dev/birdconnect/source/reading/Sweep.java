package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.source.position.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One reading of the list downwards, from its head or from a page below it to the floor, kept until
 * it is whole.
 */
final class Sweep {

  /** What a page has led to. */
  enum Progress {
    /** The next page is needed. */
    MORE,
    /** The floor or the end of the list is reached. */
    WHOLE,
    /** There is more than may be kept. */
    TOO_DEEP
  }

  private final Optional<String> from;
  private final Optional<Position> floor;
  private final int most;
  private final long mostBytes;
  private final boolean passing;
  private boolean aboveEmitted;
  private boolean aboveWholeFloor;
  private boolean leavesYoung;
  private final Map<String, Message> messages = new LinkedHashMap<>();
  private final List<String> pages = new ArrayList<>();
  private long bytes;
  private Optional<String> pageToken;
  private Optional<Instant> bound = Optional.empty();

  /**
   * @param from the page to begin with; empty for the head
   * @param floor all up to here is emitted; empty when nothing is
   * @param most how many messages may be kept
   * @param mostBytes how many bytes of memory they may take
   * @param passing whether to keep the last page only, to find out where the floor is
   */
  Sweep(
      Optional<String> from, Optional<Position> floor, int most, long mostBytes, boolean passing) {
    this.from = from;
    this.floor = floor;
    this.most = most;
    this.mostBytes = mostBytes;
    this.passing = passing;
    this.pageToken = from;
  }

  /** The same where what the page below the first one led to is handed over, down to the floor. */
  Sweep aboveEmitted() {
    aboveEmitted = true;
    return this;
  }

  /** The same where all messages made at the time of the floor are handed over. */
  Sweep aboveWholeFloor() {
    aboveWholeFloor = true;
    return this;
  }

  /** Whether it keeps the last page only, to find out where the floor is. */
  boolean isPassing() {
    return passing;
  }

  /** The page wanted next; empty for the head. */
  Optional<String> pageToken() {
    return pageToken;
  }

  /** All up to here is emitted; empty when nothing is. */
  Optional<Position> floor() {
    return floor;
  }

  /** Whether it has begun at the head of the list. */
  boolean isFromHead() {
    return from.isEmpty();
  }

  /** Whether a page was taken. */
  boolean hasBegun() {
    return bound.isPresent();
  }

  /** The tokens of the pages taken, the head apart, from above to below. */
  List<String> pages() {
    return pages;
  }

  /**
   * Takes the page that was wanted. A message that is on two pages, since the list has grown
   * between them, counts as it was read last. The floor is passed with a message made before it:
   * how the server orders equal times is not documented. It need not be passed by a page of
   * messages all made at its time, where all of these are handed over, or where they are more than
   * may be kept and what lies below is handed over.
   *
   * @param youngest what counts as old enough by the time of this page; that of the first page
   *     stands for the whole sweep
   */
  Progress accept(MessagePage page, Instant youngest) {
    if (bound.isEmpty()) {
      bound = Optional.of(youngest);
    }
    pageToken.ifPresent(pages::add);
    page.results().forEach(this::keep);
    pageToken = page.nextPageToken();
    boolean passed =
        floor.isPresent()
            && page.results().stream()
                .anyMatch(message -> message.createdAt().isBefore(floor.get().createdAt()));
    boolean reached = aboveWholeFloor && isAtFloor(page);
    if (passed || reached || pageToken.isEmpty()) {
      return Progress.WHOLE;
    }
    if (aboveEmitted && isAtFloor(page)) {
      // So many are handed over here; fewer would be left to the sweep above, which ends here too.
      return messages.size() > most ? Progress.WHOLE : Progress.MORE;
    }
    return isTooMuch() ? Progress.TOO_DEEP : Progress.MORE;
  }

  /** Whether a page shows nothing but messages made when the last emitted one was. */
  private boolean isAtFloor(MessagePage page) {
    return !page.results().isEmpty()
        && floor.isPresent()
        && page.results().stream()
            .allMatch(message -> message.createdAt().equals(floor.get().createdAt()));
  }

  private void keep(Message message) {
    if (message.createdAt().isAfter(youngest())) {
      leavesYoung = true;
      return;
    }
    Message before = messages.put(message.id(), message);
    bytes += Footprint.of(message) - (before == null ? 0 : Footprint.of(before));
  }

  private boolean isTooMuch() {
    return messages.size() > (passing ? 0 : most) || bytes > mostBytes;
  }

  /** Messages made after it are too young; the beginning of time before the first page. */
  Instant youngest() {
    return bound.orElse(Instant.MIN);
  }

  /** Whether it has shown messages that are too young. */
  boolean leavesYoung() {
    return leavesYoung;
  }

  /** The messages that are old enough, oldest first. */
  List<Message> oldestFirst() {
    return sorted(messages.values());
  }

  /**
   * The same for a sweep that has not begun at the head. Those made at the time of the youngest
   * message may have others of that time above them, so they are left to the sweep above, unless
   * they are too many to be kept.
   */
  List<Message> oldestFirstBelow() {
    List<Message> sorted = oldestFirst();
    if (sorted.isEmpty()) {
      return sorted;
    }
    Instant top = sorted.get(sorted.size() - 1).createdAt();
    List<Message> below =
        sorted.stream().filter(message -> message.createdAt().isBefore(top)).toList();
    return sorted.size() - below.size() > most / 2 ? sorted : below;
  }

  static List<Message> sorted(Collection<Message> messages) {
    return messages.stream()
        .map(message -> Map.entry(Position.of(message), message))
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }
}
