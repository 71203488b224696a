package dev.birdconnect.source.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The head of the list and pages below it, by their tokens: what they showed when they were last
 * read, and which page follows them. So a page that shows many messages can be read without those
 * above it, and one that is not known is reached from the one above it. Hints only: a page may show
 * something else by now, and its token may be refused.
 */
final class Signposts {

  private static final int MOST = 2_000;
  private static final int MOST_AFTER_THINNING = 1_200;
  private static final int SPANS_AHEAD = 2;

  private final NavigableMap<Place, Page> pages = new TreeMap<>();
  private final Map<String, Place> places = new HashMap<>();
  private Optional<Page> head = Optional.empty();
  private Duration span = Duration.ZERO;
  private long lastNumber;

  /**
   * Where a page stands, from above to below.
   *
   * @param newest when its newest message was made
   * @param oldest when its oldest one was made
   * @param number tells pages of one time apart, as they were first read
   */
  private record Place(Instant newest, Instant oldest, long number) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::newest, Comparator.reverseOrder())
            .thenComparing(Place::oldest, Comparator.reverseOrder())
            .thenComparingLong(Place::number);

    /** Below all pages whose newest message was made after a time, above all others. */
    private static Place at(Instant time) {
      return new Place(time, Instant.MAX, 0);
    }

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * A page.
   *
   * @param token its token; empty for the head
   * @param oldest it has shown messages down to here
   * @param next the token of the page that follows; empty at the end of the list
   */
  private record Page(Optional<String> token, Instant oldest, Optional<String> next) {

    private Page passingOver(String follower, Optional<String> afterIt) {
      return next.filter(follower::equals).isPresent() ? new Page(token, oldest, afterIt) : this;
    }

    /** The page itself where it has shown messages of a time, else the one that follows. */
    private Optional<String> leadingTo(Instant createdAt) {
      Optional<String> itself = token.filter(known -> !createdAt.isBefore(oldest));
      return itself.or(() -> next).or(() -> token);
    }
  }

  /**
   * The way down to what lies below the lowest page that is known.
   *
   * @param token the page that follows it
   * @param below when its oldest message was made
   */
  record WayDown(String token, Instant below) {}

  /**
   * Notes what the head of the list has shown.
   *
   * @param newest when its newest message was made
   * @param oldest when its oldest one was made
   * @param next the token of the page that follows
   */
  void headShown(Instant newest, Instant oldest, Optional<String> next) {
    noteSpan(newest, oldest, next);
    head = Optional.of(new Page(Optional.empty(), oldest, next));
  }

  /**
   * Notes what a page below the head has shown.
   *
   * @param token its token
   * @param newest when its newest message was made
   * @param oldest when its oldest one was made
   * @param next the token of the page that follows
   */
  void shown(String token, Instant newest, Instant oldest, Optional<String> next) {
    noteSpan(newest, oldest, next);
    long number = remove(token).map(Place::number).orElseGet(() -> ++lastNumber);
    Place place = new Place(newest, oldest, number);
    places.put(token, place);
    pages.put(place, new Page(Optional.of(token), oldest, next));
    Optional<Place> above = Optional.ofNullable(pages.lowerKey(place));
    Optional<Place> below = Optional.ofNullable(pages.higherKey(place));
    above.ifPresent(this::leaveOutBetween);
    below.ifPresent(this::leaveOutBetween);
    if (pages.size() > MOST) {
      thin();
    }
  }

  /** A page below the head has shown nothing: what leads to it leads to the one that follows. */
  void shownNothing(String token, Optional<String> next) {
    remove(token);
    head = head.map(page -> page.passingOver(token, next));
    pages.replaceAll((place, page) -> page.passingOver(token, next));
  }

  /** Messages of one time do not tell it, nor does the end of the list. */
  private void noteSpan(Instant newest, Instant oldest, Optional<String> next) {
    if (next.isPresent() && oldest.isBefore(newest)) {
      span = Duration.between(oldest, newest);
    }
  }

  private Optional<Place> remove(String token) {
    Optional<Place> place = Optional.ofNullable(places.remove(token));
    place.ifPresent(pages::remove);
    return place;
  }

  /** Leaves out a page whose neighbours overlap or follow each other. */
  private void leaveOutBetween(Place place) {
    Optional<Page> above = value(pages.lowerEntry(place));
    Optional<Place> below = Optional.ofNullable(pages.higherKey(place));
    if (above.isPresent() && below.filter(next -> leadsTo(above.get(), next)).isPresent()) {
      Optional.ofNullable(pages.get(place)).flatMap(Page::token).ifPresent(this::remove);
    }
  }

  private boolean leadsTo(Page above, Place below) {
    return above.oldest().isBefore(below.newest())
        || above.next().map(places::get).filter(below::equals).isPresent();
  }

  /**
   * Leaves out so many pages that new ones find room, evenly as they were first read; what they
   * show is reached from those above them. The lowest stays, as the way down begins there.
   */
  private void thin() {
    Place lowest = pages.lastKey();
    for (long every = 2; pages.size() > MOST_AFTER_THINNING; every *= 2) {
      long kept = every;
      Predicate<Place> leftOut = place -> place.number() % kept != 0 && !place.equals(lowest);
      pages.keySet().removeIf(leftOut);
      places.values().removeIf(leftOut);
    }
  }

  private static <T> Optional<T> value(Map.@Nullable Entry<Place, T> entry) {
    return Optional.ofNullable(entry).map(Map.Entry::getValue);
  }

  /** Forgets all: a token was refused, or the order of the list is another one. */
  void clear() {
    pages.clear();
    places.clear();
    head = Optional.empty();
  }

  /**
   * The page that shows a message made at a time. One that was never read is taken to reach about
   * as far as the page read last, and the one below all that are known to reach everything.
   */
  Optional<String> showing(Instant createdAt) {
    return above(createdAt)
        .filter(page -> reaches(page, createdAt))
        .flatMap(page -> page.leadingTo(createdAt));
  }

  /**
   * The page that shows a message made at a time, or leads down to it, however far that is; empty
   * for one that only the head would show.
   */
  Optional<String> leadingTo(Instant createdAt) {
    return above(createdAt).flatMap(page -> page.leadingTo(createdAt));
  }

  /**
   * The same for a message that a page was read for and did not show: where the page ends with
   * messages made at the same time, the next one may show it.
   *
   * @param passed the token of that page
   */
  Optional<String> leadingTo(Instant createdAt, String passed) {
    Optional<Page> page = Optional.ofNullable(places.get(passed)).map(pages::get);
    return page.isEmpty()
        ? leadingTo(createdAt)
        : page.filter(known -> !known.oldest().isBefore(createdAt)).flatMap(Page::next);
  }

  /** The lowest page that begins above a time. */
  private Optional<Page> above(Instant createdAt) {
    return value(pages.lowerEntry(Place.at(createdAt)))
        .or(() -> head.filter(page -> !createdAt.isAfter(page.oldest())));
  }

  private boolean reaches(Page page, Instant createdAt) {
    boolean leadsOn =
        page.next().filter(places::containsKey).isPresent()
            || lowest().filter(page::equals).isPresent();
    return leadsOn || !createdAt.isBefore(page.oldest().minus(span.multipliedBy(SPANS_AHEAD)));
  }

  private Optional<Page> lowest() {
    return value(pages.lastEntry()).or(() -> head);
  }

  /** The way down from the lowest page that is known; empty at the end of the list. */
  Optional<WayDown> wayDown() {
    return lowest().flatMap(page -> page.next().map(next -> new WayDown(next, page.oldest())));
  }

  /** About the time between the newest and the oldest message of a page. */
  Duration span() {
    return span;
  }
}
