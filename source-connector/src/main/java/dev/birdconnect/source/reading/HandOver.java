package dev.birdconnect.source.reading;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;

/** What was found and is yet to be looked at, and what is to be done when all of it has been. */
final class HandOver {

  private final Deque<Sighting> sightings = new ArrayDeque<>();
  private Optional<Runnable> whenDrained = Optional.empty();

  void add(Sighting sighting) {
    sightings.add(sighting);
  }

  void addAll(Collection<Sighting> found) {
    sightings.addAll(found);
  }

  /** Has this run once everything is looked at, before any other answer is taken. */
  void whenDrained(Runnable action) {
    whenDrained = Optional.of(action);
  }

  /** How many bytes of memory the messages take that are yet to be looked at. */
  long bytes() {
    return sightings.stream().mapToLong(sighting -> Footprint.of(sighting.message())).sum();
  }

  boolean hasSightings() {
    return !sightings.isEmpty();
  }

  /** Whether nothing is left to be looked at or done. */
  boolean isDone() {
    return sightings.isEmpty() && whenDrained.isEmpty();
  }

  Sighting next() {
    return sightings.removeFirst();
  }

  /** Does what was to be done when all is looked at. */
  void finish() {
    Optional<Runnable> action = whenDrained;
    whenDrained = Optional.empty();
    action.ifPresent(Runnable::run);
  }

  void clear() {
    sightings.clear();
    whenDrained = Optional.empty();
  }
}
