package dev.birdconnect.source.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the list of channels again and again, on a thread of its own, and tells when others are to
 * be read.
 */
public final class ChannelWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ChannelWatch.class);
  private static final Duration SECOND_LOOK = Duration.ofSeconds(1);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 16;
  private static final Duration LONGEST_END = Duration.ofSeconds(1);

  private final ChannelLister lister;
  private final Duration interval;
  private final Duration patience;
  private final Pause pause;
  private final Runnable onChange;
  private final Thread thread;
  private final KnownChannels known = new KnownChannels();
  private Optional<Finding> last = Optional.empty();
  private boolean askedInVain;
  private int failures;

  /**
   * @param lister reads the list
   * @param interval time from one reading to the next
   * @param patience longest time to wait for one page of the list
   * @param pause lets the thread wait
   * @param onChange run on the thread when the channels have changed, or are known at last
   * @param threadName name of the thread
   */
  public ChannelWatch(
      ChannelLister lister,
      Duration interval,
      Duration patience,
      Pause pause,
      Runnable onChange,
      String threadName) {
    this.lister = lister;
    this.interval = interval;
    this.patience = patience;
    this.pause = pause;
    this.onChange = onChange;
    this.thread = new Thread(this::run, threadName);
    thread.setDaemon(true);
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  /**
   * The channels, in order of their ids. Waits for the first answer, whatever it is, and only once:
   * whoever has gone without channels is told when there are some.
   *
   * @param atMost longest time to wait
   * @throws NoChannelsException when no channels are known by then
   */
  public synchronized List<String> channels(Duration atMost)
      throws NoChannelsException, InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (last.isEmpty() && !askedInVain) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        break;
      }
      wait(Math.max(1, Duration.ofNanos(left).toMillis()));
    }
    if (known.ids().isEmpty()) {
      askedInVain = true;
      throw new NoChannelsException(complaint());
    }
    return known.ids();
  }

  private String complaint() {
    if (last.isEmpty()) {
      return "The API has not listed the workspace's channels yet. Check the address of the API and"
          + " the network; the list is asked for again and again, and tasks begin with its first"
          + " answer.";
    }
    return last.get() instanceof Finding.Failed failed
        ? "The workspace's channels cannot be listed: "
            + failed.reason()
            + ". Check the access key and its right to GET /workspaces/{workspaceId}/channels; the"
            + " list is asked for again and again, and tasks begin with its first answer."
        : "The workspace has no channel that is to be read. Check the workspace and the pattern for"
            + " platforms; the list is asked for again and again, and tasks begin when there is"
            + " one.";
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        pause.of(take(lister.read(patience)));
      }
    } catch (InterruptedException e) {
      LOG.debug("The list of channels is read no more.");
    }
  }

  /** Takes what was found; returns how long to wait before the next reading. */
  private Duration take(Finding finding) {
    boolean tell;
    Duration next;
    synchronized (this) {
      List<String> before = known.ids();
      boolean changed = known.accept(finding);
      tell = changed && (!before.isEmpty() || askedInVain);
      last = Optional.of(finding);
      next = next(finding);
      if (changed) {
        LOG.info("The channels to read are {}; they were {}.", known.ids(), before);
      }
      notifyAll();
    }
    if (tell) {
      tell();
    }
    return next;
  }

  private Duration next(Finding finding) {
    if (finding instanceof Finding.Failed failed) {
      Duration wait = shorter(interval, FIRST_RETRY.multipliedBy(1L << failures));
      failures = Math.min(failures + 1, MOST_DOUBLINGS);
      LOG.warn(
          "The workspace's channels cannot be listed: {}. Those that are known are read on; the next"
              + " try is in {} ms.",
          failed.reason(),
          wait.toMillis());
      return wait;
    }
    failures = 0;
    if (finding instanceof Finding.Channels found && found.ids().isEmpty()) {
      LOG.warn(
          "The list of the workspace's channels names none that is to be read. Those that are known"
              + " are read on.");
    }
    return known.isUnsure() ? shorter(interval, SECOND_LOOK) : interval;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Whatever the worker makes of it, the list is to be read on. */
  private void tell() {
    try {
      onChange.run();
    } catch (RuntimeException e) {
      LOG.error("The worker does not configure the tasks anew; the next change asks again.", e);
    }
  }

  /** Ends the thread; waits for that for a second at most. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(LONGEST_END.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
