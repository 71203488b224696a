package dev.birdconnect.source.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When the list is read further down than a sweep goes: once a minute as far as closed messages are
 * remembered, and every quarter of an hour as far as there are open ones that are not. Once it goes
 * as far down as somebody else wants messages to be shown.
 */
final class ReadingBelow {

  private static final Duration BETWEEN_LOOKS_BACK = Duration.ofMinutes(1);
  private static final Duration BETWEEN_SEARCHES = Duration.ofMinutes(15);

  /**
   * A search for open messages that are not remembered. It begins before a sweep, so that it takes
   * in what the sweep shows.
   *
   * @param begun by the server's clock
   * @param until when the oldest of them was made
   */
  private record Search(Instant begun, Instant until) {}

  private final Reading reading;
  private Optional<String> belowSweep = Optional.empty();
  private Optional<String> lookBackPage = Optional.empty();
  private long lookBackDueAt;
  private Optional<Duration> shownOnce = Optional.empty();
  private Optional<Search> search = Optional.empty();
  private Optional<String> searchPage = Optional.empty();
  private long searchDueAt;

  ReadingBelow(Reading reading) {
    this.reading = reading;
    this.lookBackDueAt = reading.nanoTime.getAsLong();
    this.searchDueAt = lookBackDueAt;
  }

  /**
   * What follows a sweep.
   *
   * @param belowSweep the page below it; empty at the end of the list
   */
  Activity afterSweep(Optional<String> belowSweep) {
    this.belowSweep = belowSweep;
    if (belowSweep.isEmpty()) {
      // The end of the list is reached, so everything has been shown.
      shownOnce = Optional.empty();
    }
    if (reading.hasCome(lookBackDueAt) && lookBackPage.isEmpty()) {
      lookBackDueAt = reading.nanoTime.getAsLong() + BETWEEN_LOOKS_BACK.toNanos();
      lookBackPage = belowSweep;
    }
    Optional<Instant> until = lookBackUntil();
    if (until.isEmpty()) {
      lookBackPage = Optional.empty();
    }
    if (lookBackPage.isEmpty()) {
      return afterLookBack();
    }
    return new LookingBack(
        reading,
        ReadPurpose.LOOK_BACK,
        lookBackPage.get(),
        until.orElseThrow(),
        reading.sweepDueAt(),
        this::lookedBack);
  }

  /** Whether something is to be read below the next sweep. */
  boolean isDue() {
    return reading.hasCome(lookBackDueAt)
        || lookBackPage.isPresent()
        || search.isPresent()
        || reading.memory.surplus().othersFrom().isPresent();
  }

  /**
   * What follows a back-fill, which has shown what is remembered. It may have begun above what is
   * to be shown once.
   */
  Activity afterBackFill() {
    belowSweep = Optional.empty();
    if (shownOnce.isEmpty()) {
      looksBack();
    }
    return afterLookBack();
  }

  private void looksBack() {
    lookBackDueAt = reading.nanoTime.getAsLong() + BETWEEN_LOOKS_BACK.toNanos();
  }

  /** The next look back goes as far down as messages are of an age, or to the start. */
  void showOnce(Duration maxAge) {
    shownOnce = Optional.of(maxAge);
  }

  private Optional<Instant> lookBackUntil() {
    Optional<Instant> usual = reading.memory.oldestClosed(reading.serverClock.now());
    return Stream.concat(usual.stream(), shownOnceUntil().stream()).min(Comparator.naturalOrder());
  }

  /** Nobody is told of messages made before the start. */
  private Optional<Instant> shownOnceUntil() {
    Instant start = reading.memory.start().orElse(Instant.MIN);
    return shownOnce
        .map(reading.serverClock.now()::minus)
        .map(until -> until.isBefore(start) ? start : until);
  }

  private void lookedBack(LookingBack.End end, Optional<String> pageToken) {
    lookBackPage = pageToken;
    if (end == LookingBack.End.THROUGH) {
      shownOnce = Optional.empty();
    }
    reading.goOnWith(afterLookBack());
  }

  private Activity afterLookBack() {
    if (search.isEmpty()) {
      beginSearch();
      return new StatusReading(reading);
    }
    Optional<String> page = searchPage.or(() -> belowSweep);
    if (page.isEmpty()) {
      endSearch();
      return new StatusReading(reading);
    }
    long half = reading.settings.pollInterval().dividedBy(2).toNanos();
    return new LookingBack(
        reading,
        ReadPurpose.SEARCH,
        page.get(),
        search.get().until(),
        reading.sweepDueAt() - half,
        this::searched);
  }

  private void beginSearch() {
    Surplus surplus = reading.memory.surplus();
    Optional<Instant> until = surplus.othersFrom();
    if (until.isPresent() && reading.hasCome(searchDueAt)) {
      searchDueAt = reading.nanoTime.getAsLong() + BETWEEN_SEARCHES.toNanos();
      search = Optional.of(new Search(reading.serverClock.now(), until.get()));
      surplus.readingBegins();
    }
  }

  private void searched(LookingBack.End end, Optional<String> pageToken) {
    searchPage = pageToken;
    switch (end) {
      case THROUGH -> endSearch();
      case REFUSED -> {
        search = Optional.empty();
        searchDueAt = reading.nanoTime.getAsLong();
      }
      case GIVEN_UP -> search = Optional.empty();
      case BROKEN_OFF -> {
        // It goes on after the next sweep.
      }
    }
    reading.goOnWith(new StatusReading(reading));
  }

  private void endSearch() {
    search.ifPresent(ended -> reading.memory.surplus().readingEnds(ended.begun()));
    search = Optional.empty();
  }
}
