package dev.birdconnect.quickstart.terminal;

import dev.birdconnect.quickstart.evidence.Progress;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/** A panel with bars and the latest news that is drawn again in place, for terminals. */
public final class AnsiScreen implements Screen {

  private static final long BETWEEN_NANOS = 100_000_000L;
  private static final int NEWS_SHOWN = 8;
  private static final int BAR_WIDTH = 32;

  private static final String PLAIN = "\u001b[0m";
  private static final String DIM = "\u001b[2m";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";
  private static final String CYAN = "\u001b[36m";

  private final PrintStream out;
  private final LongSupplier nanoClock;
  private final Deque<String> latest = new ArrayDeque<>();
  private List<String> panel = List.of();
  private int drawnLines;
  private long nextAt;

  /**
   * Writes to a terminal.
   *
   * @param out the terminal
   * @param nanoClock a clock such as {@link System#nanoTime}
   */
  public AnsiScreen(PrintStream out, LongSupplier nanoClock) {
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
    latest.addAll(news);
    while (latest.size() > NEWS_SHOWN) {
      latest.removeFirst();
    }
    panel = panel(progress);
    if (nanoClock.getAsLong() - nextAt >= 0) {
      nextAt = nanoClock.getAsLong() + BETWEEN_NANOS;
      draw();
    }
  }

  @Override
  public void endProgress() {
    draw();
    drawnLines = 0;
    latest.clear();
  }

  private void draw() {
    StringBuilder text = new StringBuilder();
    if (drawnLines > 0) {
      text.append("\u001b[").append(drawnLines).append('A');
    }
    text.append('\r');
    for (String line : panel) {
      text.append("\u001b[2K").append(line).append('\n');
    }
    out.print(text);
    out.flush();
    drawnLines = panel.size();
  }

  private List<String> panel(Progress progress) {
    int all = progress.records();
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(bar("records produced", progress.produced(), all, CYAN));
    lines.add(bar("accepted by the API", progress.accepted(), all, CYAN));
    lines.add(bar("on the dead letter topic", progress.deadLetters(), all, YELLOW));
    lines.add(bar("delivered", progress.delivered(), all, GREEN));
    lines.add(bar("failed", progress.failed(), all, RED));
    lines.add("  %-26s %5d".formatted("replies of customers", progress.replies()));
    lines.add("  %-26s %5d".formatted("events on bird.messages", progress.messageEvents()));
    lines.add("  %-26s %5d".formatted("events on bird.statuses", progress.statusEvents()));
    lines.add("");
    for (String line : latest) {
      lines.add("  " + DIM + Wrapped.cut(line) + PLAIN);
    }
    for (int i = latest.size(); i < NEWS_SHOWN; i++) {
      lines.add("");
    }
    return List.copyOf(lines);
  }

  private static String bar(String name, int count, int all, String color) {
    int share = all == 0 ? 0 : (int) ((long) BAR_WIDTH * Math.min(count, all) / all);
    // Something is never shown as nothing, and only all of it as a full bar.
    int filled = count > 0 ? Math.max(1, share) : 0;
    return "  %-26s %5d  ".formatted(name, count)
        + color
        + "█".repeat(filled)
        + PLAIN
        + DIM
        + "·".repeat(BAR_WIDTH - filled)
        + PLAIN;
  }
}
