package dev.birdconnect.sink.reconcile;

import dev.birdconnect.client.request.ListQuery;
import java.time.Instant;
import java.util.Optional;

/**
 * One reading of a channel's list. It makes no calls: it is told what a page holds and says which
 * one comes next.
 */
public interface Reading {

  /**
   * The first page to read, also the one to go on with when a page token is refused; empty when the
   * reading is over.
   */
  Optional<ListQuery> begin();

  /**
   * Takes a page and returns the next one to read; empty when the reading is over.
   *
   * @param query what was asked
   * @param page what came
   * @param serverTime the server's clock at the answer, where it told
   * @param receivedAt when the answer came, on the task's clock that only goes forward, in
   *     nanoseconds
   */
  Optional<ListQuery> read(
      ListQuery query, SeenPage page, Optional<Instant> serverTime, long receivedAt);
}
