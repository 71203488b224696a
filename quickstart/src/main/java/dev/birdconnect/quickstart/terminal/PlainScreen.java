package dev.birdconnect.quickstart.terminal;

import dev.birdconnect.quickstart.evidence.Progress;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Lines only, for files and pipes: a line of numbers each second, and a few of the news. */
public final class PlainScreen implements Screen {

  private static final long BETWEEN_NANOS = 1_000_000_000L;
  private static final int NEWS_SHOWN = 3;

  private final PrintStream out;
  private final LongSupplier nanoClock;
  private final List<String> unseen = new ArrayList<>();
  private long nextAt;
  private String lastLine = "";
  private String pendingLine = "";

  /**
   * Writes to a stream.
   *
   * @param out the stream
   * @param nanoClock a clock such as {@link System#nanoTime}
   */
  public PlainScreen(PrintStream out, LongSupplier nanoClock) {
    this.out = out;
    this.nanoClock = nanoClock;
    this.nextAt = nanoClock.getAsLong();
  }

  @Override
  public void say(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public void progress(Progress progress, List<String> news) {
    unseen.addAll(news);
    pendingLine =
        "  produced %d, accepted %d, dead letters %d, delivered %d, failed %d, replies %d | bird.messages %d, bird.statuses %d"
            .formatted(
                progress.produced(),
                progress.accepted(),
                progress.deadLetters(),
                progress.delivered(),
                progress.failed(),
                progress.replies(),
                progress.messageEvents(),
                progress.statusEvents());
    if (nanoClock.getAsLong() - nextAt >= 0) {
      nextAt = nanoClock.getAsLong() + BETWEEN_NANOS;
      write();
    }
  }

  @Override
  public void endProgress() {
    write();
  }

  private void write() {
    if (!pendingLine.equals(lastLine)) {
      out.println(pendingLine);
      lastLine = pendingLine;
    }
    int hidden = Math.max(0, unseen.size() - NEWS_SHOWN);
    for (String line : unseen.subList(hidden, unseen.size())) {
      out.println("      " + Wrapped.cut(line));
    }
    if (hidden > 0) {
      out.println("      (and " + hidden + " more)");
    }
    unseen.clear();
    out.flush();
  }
}
