package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.sink.reconcile.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The doubts and takeovers of a task, by channel. One listing at a time is made of a channel for
 * its doubts, and it answers all that are due when it begins; so is one for its takeovers, which
 * may read far down, so that doubts do not wait for it. Not thread-safe.
 *
 * @param <R> the record
 */
final class OpenQuestions<R> {

  /** Between two listings that prove nothing, so that they leave room for others. */
  private static final long LEAST_GAP_NANOS = Duration.ofMillis(250).toNanos();

  /** Of two times of a clock whose numbers may wrap around, the earlier one first. */
  private static final Comparator<Long> CLOCK = (a, b) -> Long.signum(a - b);

  private static final class OfChannel<R> {
    private final PriorityQueue<Doubt<R>> doubts =
        new PriorityQueue<>((a, b) -> CLOCK.compare(a.due(), b.due()));
    private final List<PendingTakeover<R>> takeovers = new ArrayList<>();
    private boolean doubtsAsked;
    private boolean takeoversAsked;
    private long askedAt;
    private OptionalLong glanceFrom = OptionalLong.empty();

    /** When the next listing for its doubts begins; empty while there is one, or nothing to ask. */
    private Optional<Long> doubtsDue() {
      if (doubtsAsked || doubts.isEmpty()) {
        return Optional.empty();
      }
      long due = doubts.peek().due();
      boolean glances = !doubts.peek().conclusive() && glanceFrom.isPresent();
      return Optional.of(
          glances && glanceFrom.getAsLong() - due > 0 ? glanceFrom.getAsLong() : due);
    }

    /** The same for its takeovers. */
    private Optional<Long> takeoversDue() {
      return takeoversAsked
          ? Optional.empty()
          : takeovers.stream().map(PendingTakeover::due).min(CLOCK);
    }

    private boolean isOver() {
      return doubts.isEmpty() && takeovers.isEmpty() && !doubtsAsked && !takeoversAsked;
    }
  }

  private final Map<ChannelAddress, OfChannel<R>> channels = new HashMap<>();
  private final Map<Mark, Doubt<R>> doubts = new HashMap<>();

  /**
   * Before this time there is nothing to ask; it may be too early, never too late. There may be
   * many channels of which few are due.
   */
  private OptionalLong earliest = OptionalLong.empty();

  private OfChannel<R> of(ChannelAddress address) {
    return channels.computeIfAbsent(address, absent -> new OfChannel<>());
  }

  void add(Doubt<R> doubt) {
    doubts.put(doubt.send().mark(), doubt);
    OfChannel<R> channel = of(doubt.send().address());
    channel.doubts.add(doubt);
    noteDue(channel);
  }

  void add(ChannelAddress address, PendingTakeover<R> takeover) {
    OfChannel<R> channel = of(address);
    channel.takeovers.add(takeover);
    noteDue(channel);
  }

  private void noteDue(OfChannel<R> channel) {
    Stream.concat(channel.doubtsDue().stream(), channel.takeoversDue().stream())
        .filter(due -> earliest.isEmpty() || due - earliest.getAsLong() < 0)
        .min(CLOCK)
        .ifPresent(due -> earliest = OptionalLong.of(due));
  }

  /** What is asked now. Each inquiry has to be {@link #answered}. */
  List<Inquiry<R>> ask(long now) {
    if (earliest.isEmpty() || now - earliest.getAsLong() < 0) {
      return List.of();
    }
    List<Inquiry<R>> inquiries = new ArrayList<>();
    channels.forEach(
        (address, channel) -> {
          if (hasCome(channel.doubtsDue(), now)) {
            List<Doubt<R>> due = dueDoubts(channel, now);
            if (!due.isEmpty()) {
              channel.doubtsAsked = true;
              channel.askedAt = now;
              inquiries.add(new Inquiry<>(address, due, List.of()));
            }
          }
          if (hasCome(channel.takeoversDue(), now)) {
            channel.takeoversAsked = true;
            inquiries.add(new Inquiry<>(address, List.of(), dueTakeovers(channel, now)));
          }
        });
    channels.values().removeIf(OfChannel::isOver);
    earliest = OptionalLong.empty();
    channels.values().forEach(this::noteDue);
    return inquiries;
  }

  private static boolean hasCome(Optional<Long> due, long now) {
    return due.isPresent() && now - due.get() >= 0;
  }

  private List<Doubt<R>> dueDoubts(OfChannel<R> channel, long now) {
    List<Doubt<R>> due = new ArrayList<>();
    while (!channel.doubts.isEmpty() && now - channel.doubts.peek().due() >= 0) {
      Doubt<R> doubt = channel.doubts.remove();
      if (isOpen(doubt)) {
        due.add(doubt);
      }
    }
    return due;
  }

  private static <R> List<PendingTakeover<R>> dueTakeovers(OfChannel<R> channel, long now) {
    List<PendingTakeover<R>> due =
        channel.takeovers.stream().filter(takeover -> now - takeover.due() >= 0).toList();
    channel.takeovers.removeAll(due);
    return due;
  }

  /** When {@link #ask} should be called again although nothing happened; empty for never. */
  OptionalLong nextAsk() {
    return earliest;
  }

  /** Notes that the listing for an inquiry is over. */
  void answered(Inquiry<R> inquiry, long now) {
    OfChannel<R> channel = of(inquiry.address());
    if (inquiry.doubts().isEmpty()) {
      channel.takeoversAsked = false;
    } else {
      channel.doubtsAsked = false;
      channel.glanceFrom =
          OptionalLong.of(now + Math.max(LEAST_GAP_NANOS, 2 * (now - channel.askedAt)));
    }
    noteDue(channel);
    if (channel.isOver()) {
      channels.remove(inquiry.address());
    }
  }

  /** The doubt about a send; null when there is none. */
  @Nullable Doubt<R> doubt(Mark mark) {
    return doubts.get(mark);
  }

  /** Takes a doubt off; false when it is not open any more. */
  boolean close(Doubt<R> doubt) {
    boolean open = doubts.remove(doubt.send().mark(), doubt);
    OfChannel<R> channel = channels.get(doubt.send().address());
    if (channel != null) {
      while (!channel.doubts.isEmpty() && !isOpen(channel.doubts.peek())) {
        channel.doubts.remove();
      }
      noteDue(channel);
      if (channel.isOver()) {
        channels.remove(doubt.send().address());
      }
    }
    return open;
  }

  private boolean isOpen(Doubt<R> doubt) {
    return doubt.equals(doubts.get(doubt.send().mark()));
  }

  /** The doubts that are open. */
  Collection<Doubt<R>> doubts() {
    return doubts.values();
  }

  /** How many channels are asked, or are to be. */
  int channels() {
    return channels.size();
  }

  /** Drops what concerns partitions that are given up; returns the doubts among it. */
  List<Doubt<R>> drop() {
    List<Doubt<R>> dropped =
        doubts.values().stream().filter(doubt -> doubt.partition().retired()).toList();
    dropped.forEach(this::close);
    channels
        .values()
        .forEach(
            channel -> {
              channel.doubts.removeIf(doubt -> doubt.partition().retired());
              channel.takeovers.removeIf(takeover -> takeover.partition().retired());
              noteDue(channel);
            });
    channels.values().removeIf(OfChannel::isOver);
    return dropped;
  }
}
