package dev.birdconnect.source.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Pages of the list below its head, by their tokens, and what they showed when they were last read:
 * so a page that shows many messages can be read without those above it. Hints only: a page may
 * show something else by now, and its token may be refused.
 */
final class Signposts {

  private static final int MOST = 2_000;
  private static final int SPANS_AHEAD = 2;

  private final NavigableMap<Instant, Post> posts = new TreeMap<>(Comparator.reverseOrder());
  private Duration span = Duration.ZERO;

  /**
   * A page.
   *
   * @param token its token
   * @param below it shows messages made up to here
   * @param until and made after here; empty when it was never read
   */
  record Post(String token, Instant below, Optional<Instant> until) {}

  /**
   * Notes the page that follows another one.
   *
   * @param newest when the newest message of the other page was made
   * @param oldest when its oldest one was made
   * @param token of the page that follows
   */
  void follow(Instant newest, Instant oldest, String token) {
    span = Duration.between(oldest, newest);
    boolean isShown =
        value(posts.lowerEntry(oldest)).flatMap(Post::until).filter(oldest::isAfter).isPresent();
    if (isShown) {
      return;
    }
    // The page below the head moves on with every sweep.
    value(posts.firstEntry())
        .filter(top -> top.until().isEmpty() && oldest.isAfter(top.below()))
        .ifPresent(top -> posts.remove(top.below()));
    posts.putIfAbsent(oldest, new Post(token, oldest, Optional.empty()));
    if (posts.size() > MOST) {
      posts.pollLastEntry();
    }
  }

  private static Optional<Post> value(Map.@Nullable Entry<Instant, Post> entry) {
    return Optional.ofNullable(entry).map(Map.Entry::getValue);
  }

  /** Notes what a page has shown. */
  void shown(String token, Instant newest, Instant oldest) {
    remove(token);
    posts.put(newest, new Post(token, newest, Optional.of(oldest)));
    thin();
  }

  /** A page has shown nothing. */
  void remove(String token) {
    posts.values().removeIf(post -> post.token().equals(token));
  }

  /** Leaves out the pages whose neighbours show what they show. */
  private void thin() {
    List<Post> all = new ArrayList<>(posts.values());
    List<Post> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      boolean between = !kept.isEmpty() && i + 1 < all.size();
      if (!between || !reaches(kept.get(kept.size() - 1), all.get(i + 1))) {
        kept.add(all.get(i));
      }
    }
    posts.clear();
    kept.forEach(post -> posts.put(post.below(), post));
  }

  private static boolean reaches(Post above, Post below) {
    return above.until().filter(until -> !until.isAfter(below.below())).isPresent();
  }

  /** Forgets all: a token was refused, or the order of the list is another one. */
  void clear() {
    posts.clear();
  }

  /**
   * The page that shows a message made at a time. One that was never read is taken to reach about
   * as far as the page read last.
   */
  Optional<Post> of(Instant createdAt) {
    return above(createdAt).filter(post -> !createdAt.isBefore(until(post)));
  }

  /**
   * The lowest page that begins at a time or above: it shows what was made then, or leads there.
   */
  Optional<Post> above(Instant createdAt) {
    return value(posts.floorEntry(createdAt));
  }

  /** The lowest page that is known, where it was never read: the way down to those below it. */
  Optional<Post> wayDown() {
    return value(posts.lastEntry()).filter(post -> post.until().isEmpty());
  }

  /** About the time between the newest and the oldest message of a page. */
  Duration span() {
    return span;
  }

  private Instant until(Post post) {
    return post.until().orElseGet(() -> post.below().minus(span.multipliedBy(SPANS_AHEAD)));
  }
}
