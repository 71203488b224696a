package dev.birdconnect.sink.record;

import dev.birdconnect.client.request.FieldNames;
import dev.birdconnect.sink.field.UnfitRecordException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where in a value a conversion is. It bounds what may come: values that hold themselves, or the
 * same part over and over, would never end.
 *
 * @param path the way there, as complaints write it
 * @param depth how many levels down
 * @param left how many more parts may come
 */
record Place(String path, int depth, AtomicInteger left) {

  /** Deepest level of a value. */
  static final int DEEPEST = 64;

  /** Most parts of a value: each takes two bytes of a request at least, which has 200,000. */
  private static final int MOST_PARTS = 100_000;

  /** The beginning of a conversion. */
  static Place top(String path) {
    return new Place(path, 0, new AtomicInteger(MOST_PARTS));
  }

  /** A field's place. */
  Place member(String name) {
    return new Place(path + "." + FieldNames.shown(name), depth + 1, left);
  }

  /** An element's place. */
  Place element(int index) {
    return new Place(path + "[" + index + "]", depth + 1, left);
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
    return UnfitRecordException.at(path, complaint);
  }
}
