package dev.birdconnect.sink.reconcile;

import dev.birdconnect.client.request.ListQuery;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a channel's list, newest first, until a {@link ListSearch} is done. The list's
 * default order is not documented: the first page tells.
 */
public final class ListWalk implements Reading {

  private final int maxPages;
  private final int pageSize;
  private final ListSearch search;
  private ListDirection direction;
  private boolean turned;
  private int pages;
  private Optional<Instant> oldestRead = Optional.empty();
  private @Nullable Instant newest;
  private @Nullable ServerNow serverNow;

  /**
   * @param maxPages most pages to read
   * @param pageSize most messages of the first page; further ones are as large as can be
   * @param direction what is known of the list's order
   * @param search what is looked for
   */
  public ListWalk(int maxPages, int pageSize, ListDirection direction, ListSearch search) {
    this.maxPages = maxPages;
    this.pageSize = pageSize;
    this.direction = direction;
    this.search = search;
  }

  /** What has been found out about the list's order. */
  public ListDirection direction() {
    return direction;
  }

  /** The clocks at the first page, where the server's was told. */
  Optional<ServerNow> serverNow() {
    return Optional.ofNullable(serverNow);
  }

  /** How many pages have been read. */
  public int pages() {
    return pages;
  }

  @Override
  public Optional<ListQuery> begin() {
    newest = null;
    oldestRead = Optional.empty();
    return pages < maxPages
        ? Optional.of(ListQuery.first(pageSize).inReverse(direction.reverse()))
        : Optional.empty();
  }

  @Override
  public Optional<ListQuery> read(
      ListQuery query, SeenPage page, Optional<Instant> serverTime, long receivedAt) {
    pages++;
    if (newest == null) {
      newest = page.first().orElse(null);
    }
    noteServerTime(serverTime.or(() -> Optional.ofNullable(newest)), receivedAt);
    search.saw(page.messages());
    Optional<Instant> oldest = page.last();
    if (newest != null && oldest.isPresent() && turns(newest, oldest.get())) {
      return begin();
    }
    if (!page.unreadable().isEmpty()) {
      search.saw(page.unreadable().stream().map(SeenPage.Entry::sighting).toList());
      page.unreadable()
          .forEach(one -> search.unreadable(one.entry(), notAfter(page, one.entry().place())));
    }
    oldestRead = oldest.or(() -> oldestRead);
    if (direction.newestFirst() && newest != null && serverNow != null && oldest.isPresent()) {
      search.downTo(newest, oldest.get(), serverNow);
    }
    if (page.nextPageToken().isEmpty()) {
      search.wholeList();
    }
    return search.done() || pages >= maxPages || page.nextPageToken().isEmpty()
        ? Optional.empty()
        : Optional.of(new ListQuery(ListQuery.MAX_LIMIT, page.nextPageToken(), query.reverse()));
  }

  private void noteServerTime(Optional<Instant> time, long nanos) {
    if (serverNow == null && time.isPresent()) {
      serverNow = new ServerNow(time.get(), nanos);
    }
  }

  /** The latest time at which an entry was made, as the list comes newest first. */
  private Optional<Instant> notAfter(SeenPage page, int place) {
    return direction.newestFirst() ? page.lastOf(place).or(() -> oldestRead) : Optional.empty();
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
}
