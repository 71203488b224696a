package dev.birdconnect.client.rate;

import java.util.HashMap;
import java.util.Map;

/**
 * The budgets of all workspaces, one per workspace and method. Budget and timer thread live as long
 * as somebody takes part.
 */
public final class RateBudgets {

  private static final RateBudgets SHARED = new RateBudgets();

  private final Map<Key, Entry> entries = new HashMap<>();
  private ThreadTimer timer = ThreadTimer.stopped();

  RateBudgets() {}

  /**
   * The budgets of this class loader. A plugin has one of its own, so that its tasks in a worker
   * share them; the sink and the source plugin cannot see each other.
   */
  public static RateBudgets shared() {
    return SHARED;
  }

  /** The method a budget counts; the API limits GET and POST apart (page <i>Rate limit</i>). */
  public enum Method {
    /** Reads: what polls needs no catching up, and all readers of a workspace share few. */
    GET(RateBudget.Strictness.ANY_SECOND),
    /** Sends: the full rate counts, on machines that stall too. */
    POST(RateBudget.Strictness.AVERAGE);

    private final RateBudget.Strictness strictness;

    Method(RateBudget.Strictness strictness) {
      this.strictness = strictness;
    }
  }

  private record Key(String host, String workspaceId, Method method) {}

  private static final class Entry {
    private final RateBudget budget;
    private int users;

    private Entry(RateBudget budget) {
      this.budget = budget;
    }
  }

  /**
   * Takes part in the budget of a workspace and method.
   *
   * @param host host and port of the API
   * @param workspaceId the workspace
   * @param method GET or POST
   * @param permitsPerSecond the rate this user was told to keep to; where users differ the lowest
   *     counts
   */
  public synchronized RateBudget.Share join(
      String host, String workspaceId, Method method, double permitsPerSecond) {
    Key key = new Key(host, workspaceId, method);
    if (entries.isEmpty()) {
      timer = ThreadTimer.start();
    }
    Entry entry =
        entries.computeIfAbsent(key, absent -> new Entry(new RateBudget(timer, method.strictness)));
    entry.users++;
    return entry.budget.join(permitsPerSecond, () -> leave(key));
  }

  private synchronized void leave(Key key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      return;
    }
    entry.users--;
    if (entry.users == 0) {
      entries.remove(key);
    }
    if (entries.isEmpty()) {
      timer.close();
    }
  }
}
