package dev.birdconnect.source.reading;

import dev.birdconnect.client.verdict.ReadOutcome.Hindrance;
import java.util.HashSet;
import java.util.Set;

/**
 * How many messages of a channel are asked for at once: as many as the settings say, and fewer
 * where pages of so many are too long, take more memory than they are to, or are too slow to come
 * in time. Page tokens are positions in the list, so they hold for any number (assumption 3).
 *
 * <p>The first page is small enough for the longest messages, and tells how many to ask for next. A
 * page that is too long, or one that is too slow twice in a row, halves the number; after some
 * pages have come it is doubled, where twice as much may be kept. Where the doubled number fails at
 * once, twice as many pages have to come before the next trial, so that a long stretch of large
 * messages costs few failures.
 */
final class PageLimit {

  /** What a send may have at most (page <i>Messaging</i>). */
  private static final long LONGEST_MESSAGE = 200 * 1024;

  private static final int MOST_SLOW_PAGES = 100;
  private static final int LEAST_PATIENCE = 4;
  private static final int MOST_PATIENCE = 32;

  private final int most;
  private final long mostBytes;
  private int now;
  private final Set<String> slowPages = new HashSet<>();
  private int came;
  private int patience = LEAST_PATIENCE;
  private boolean onTrial;
  private boolean sized;

  /**
   * @param most how many the settings say
   * @param mostBytes how many bytes of memory a page is to take at most
   */
  PageLimit(int most, long mostBytes) {
    this.most = most;
    this.mostBytes = mostBytes;
    this.now = (int) Math.max(1, Math.min(most, mostBytes / LONGEST_MESSAGE));
    this.sized = now == most;
  }

  /** How many to ask for. */
  int now() {
    return now;
  }

  /**
   * A page has come.
   *
   * @param page its token; empty for the first one
   * @param asked how many messages were asked for
   * @param bytes how many bytes of memory it takes
   */
  void came(String page, int asked, long bytes) {
    if (saysNothing(asked)) {
      return;
    }
    slowPages.remove(page);
    if (bytes > mostBytes) {
      halve(asked);
      return;
    }
    if (!sized) {
      sized = true;
      long bytesOfAMessage = Math.max(1, bytes / asked);
      now = (int) Math.max(now, Math.min(most, mostBytes / 4 * 3 / bytesOfAMessage));
      return;
    }
    came++;
    if (came < patience || bytes > mostBytes / 2) {
      return;
    }
    came = 0;
    if (onTrial) {
      patience = LEAST_PATIENCE;
    }
    onTrial = now < most;
    now = Math.min(most, 2 * now);
  }

  /**
   * A page has not come.
   *
   * @param page its token; empty for the first one
   * @param asked how many messages were asked for
   * @return whether fewer would have to be asked for
   */
  boolean failed(String page, int asked, Hindrance hindrance) {
    if (saysNothing(asked)) {
      return false;
    }
    if (!isTooMuch(page, hindrance)) {
      return false;
    }
    if (onTrial) {
      patience = Math.min(MOST_PATIENCE, 2 * patience);
    }
    halve(asked);
    return true;
  }

  private boolean isTooMuch(String page, Hindrance hindrance) {
    return switch (hindrance) {
      case TOO_LONG -> true;
      case TOO_SLOW -> {
        boolean again = !slowPages.add(page);
        if (slowPages.size() > MOST_SLOW_PAGES) {
          slowPages.clear();
        }
        yield again;
      }
      case OTHER -> {
        slowPages.remove(page);
        yield false;
      }
    };
  }

  private void halve(int asked) {
    onTrial = false;
    sized = true;
    slowPages.clear();
    came = 0;
    now = Math.max(1, Math.min(now, asked) / 2);
  }

  /** A probe of one message tells nothing about whole pages. */
  private boolean saysNothing(int asked) {
    return asked <= now / 2;
  }
}
