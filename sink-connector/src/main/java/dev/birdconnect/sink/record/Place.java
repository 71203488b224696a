package dev.birdconnect.sink.record;

import dev.birdconnect.client.request.FieldNames;
import dev.birdconnect.sink.field.UnfitRecordException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where in a value a conversion is. It bounds what may come: values that hold themselves, or the
 * same part over and over, would never end. Its name is found only when somebody asks.
 */
final class Place {

  /** Deepest level of a value. */
  static final int DEEPEST = 64;

  /** Most parts of a value: each takes two bytes of a request at least, which has 200,000. */
  private static final int MOST_PARTS = 100_000;

  private static final int NO_ELEMENT = -1;

  private final @Nullable Place above;
  private final String name;
  private final int index;
  private final int depth;
  private final AtomicInteger left;

  private Place(@Nullable Place above, String name, int index, int depth, AtomicInteger left) {
    this.above = above;
    this.name = name;
    this.index = index;
    this.depth = depth;
    this.left = left;
  }

  /** The beginning of a conversion. */
  static Place top(String path) {
    return new Place(null, path, NO_ELEMENT, 0, new AtomicInteger(MOST_PARTS));
  }

  /** A field's place. */
  Place member(String field) {
    return new Place(this, field, NO_ELEMENT, depth + 1, left);
  }

  /** An element's place. */
  Place element(int number) {
    return new Place(this, "", number, depth + 1, left);
  }

  /** The way there, as complaints write it. */
  String path() {
    if (above == null) {
      return name;
    }
    return above.path() + (index == NO_ELEMENT ? "." + FieldNames.shown(name) : "[" + index + "]");
  }

  /**
   * Enters the place.
   *
   * @throws UnfitRecordException when that is too deep, or too much
   */
  void enter() throws UnfitRecordException {
    if (depth > DEEPEST) {
      throw unfit("the value is nested deeper than " + DEEPEST + " levels; make it flatter");
    }
    if (left.decrementAndGet() < 0) {
      throw unfit("the value has more than " + MOST_PARTS + " parts up to here; make it smaller");
    }
  }

  UnfitRecordException unfit(String complaint) {
    return UnfitRecordException.at(path(), complaint);
  }
}
