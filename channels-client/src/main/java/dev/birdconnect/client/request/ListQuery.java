package dev.birdconnect.client.request;

import java.util.Optional;

/**
 * Which page of a list is wanted.
 *
 * @param limit most results to return, 1 to 1000 for messages (page <i>Messaging</i>)
 * @param pageToken cursor taken from the page before; empty for the first page
 * @param reverse whether the default order, which is not documented, is turned around
 */
public record ListQuery(int limit, Optional<String> pageToken, boolean reverse) {

  /** The largest page of a message list (page <i>Messaging</i>). */
  public static final int MAX_LIMIT = 1000;

  public ListQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "The limit of a list is " + limit + ", but has to be 1 to " + MAX_LIMIT + ".");
    }
  }

  /** The first page in the default order. */
  public static ListQuery first(int limit) {
    return new ListQuery(limit, Optional.empty(), false);
  }

  /** The same list, from the page that {@code token} names. */
  public ListQuery at(String token) {
    return new ListQuery(limit, Optional.of(token), reverse);
  }

  /** The same query in the order that {@code reverse} says. */
  public ListQuery inReverse(boolean reverse) {
    return new ListQuery(limit, pageToken, reverse);
  }
}
