package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.message.UnreadableEntry;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.sink.reconcile.ListDirection;
import dev.birdconnect.sink.reconcile.ListSearch;
import dev.birdconnect.sink.reconcile.ListWalk;
import dev.birdconnect.sink.reconcile.Reading;
import dev.birdconnect.sink.reconcile.SeenPage;
import dev.birdconnect.sink.reconcile.ServerNow;
import dev.birdconnect.sink.reconcile.Sighting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One reading of a channel's list for results: from its head down to where the sweep before it
 * began, which is still under way perhaps. What it shows settles whatever waits for it; the sweep
 * answers for the results that were due when it began. Guarded by delivery's lock.
 *
 * @param <R> the record
 */
final class Sweep<R> implements Reading {

  /** Is shown the messages of every page. */
  interface Watcher {
    void saw(ChannelAddress address, List<Sighting> sightings, long now);
  }

  private final ChannelResults<R> channel;
  private final long number;
  private final long begunAt;
  private final List<Awaited<R>> sought;
  private final Watcher watcher;
  private final int pageSize;
  private final int maxPages;
  private ListWalk walk;
  private long readAt;
  private boolean headSeen;
  private boolean reached;
  private int news;

  /**
   * @param number its number among the sweeps of the channel
   * @param begunAt when it began, by the clock's nanoseconds
   * @param sought what it answers for
   * @param pageSize most messages of its first page
   */
  Sweep(
      ChannelResults<R> channel,
      long number,
      long begunAt,
      List<Awaited<R>> sought,
      int pageSize,
      int maxPages,
      Watcher watcher) {
    this.channel = channel;
    this.number = number;
    this.begunAt = begunAt;
    this.sought = List.copyOf(sought);
    this.pageSize = pageSize;
    this.maxPages = maxPages;
    this.watcher = watcher;
    this.walk = walk(ListDirection.UNKNOWN);
  }

  private ListWalk walk(ListDirection direction) {
    return new ListWalk(maxPages, pageSize, direction, new Search());
  }

  ChannelAddress address() {
    return channel.address();
  }

  long number() {
    return number;
  }

  long begunAt() {
    return begunAt;
  }

  List<Awaited<R>> sought() {
    return sought;
  }

  /** Whether it has seen everything down to where the one before it began. */
  boolean reached() {
    return reached;
  }

  /** How many messages it has seen that the one before it had not. */
  int news() {
    return news;
  }

  int pages() {
    return walk.pages();
  }

  /** Sets what is known of the list's order, before it begins. */
  void direction(ListDirection direction) {
    walk = walk(direction);
  }

  /** What has been found out about the list's order. */
  ListDirection direction() {
    return walk.direction();
  }

  @Override
  public Optional<ListQuery> begin() {
    return walk.begin();
  }

  @Override
  public Optional<ListQuery> read(
      ListQuery query, SeenPage page, Optional<Instant> serverTime, long receivedAt) {
    readAt = receivedAt;
    return walk.read(query, page, serverTime, receivedAt);
  }

  private final class Search implements ListSearch {

    @Override
    public void saw(List<Sighting> sightings) {
      Instant before = channel.headBefore(number).orElse(Instant.MIN);
      for (Sighting sighting : sightings) {
        news += sighting.message().createdAt().map(before::isBefore).orElse(false) ? 1 : 0;
      }
      watcher.saw(address(), sightings, readAt);
    }

    /** What it may be is found out by a look further down. */
    @Override
    public void unreadable(UnreadableEntry entry, Optional<Instant> notAfter) {}

    @Override
    public void downTo(Instant newest, Instant oldest, ServerNow now) {
      if (!headSeen) {
        headSeen = true;
        channel.head(number, newest);
      }
      reached |= channel.floor(number, now).map(oldest::isBefore).orElse(false);
    }

    @Override
    public void wholeList() {
      reached = true;
    }

    @Override
    public boolean done() {
      return reached || channel.nothingOpen();
    }
  }
}
