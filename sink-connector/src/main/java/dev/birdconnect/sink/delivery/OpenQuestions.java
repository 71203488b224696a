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
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The doubts and takeovers of a task, by channel. One listing at a time is made of a channel, and
 * it answers everything that is due when it begins. Not thread-safe.
 *
 * @param <R> the record
 */
final class OpenQuestions<R> {

  /** Between two listings that prove nothing, so that they leave room for others. */
  private static final long LEAST_GAP_NANOS = Duration.ofMillis(250).toNanos();

  private static final class OfChannel<R> {
    private final PriorityQueue<Doubt<R>> doubts =
        new PriorityQueue<>(Comparator.comparingLong(Doubt::due));
    private final List<PendingTakeover<R>> takeovers = new ArrayList<>();
    private boolean asked;
    private long askedAt;
    private OptionalLong glanceFrom = OptionalLong.empty();

    private OptionalLong due() {
      OptionalLong takeover = takeovers.stream().mapToLong(PendingTakeover::due).min();
      if (doubts.isEmpty()) {
        return takeover;
      }
      long doubt = doubts.peek().due();
      if (!doubts.peek().conclusive() && glanceFrom.isPresent()) {
        doubt = Math.max(doubt, glanceFrom.getAsLong());
      }
      return OptionalLong.of(takeover.isPresent() ? Math.min(doubt, takeover.getAsLong()) : doubt);
    }
  }

  private final Map<ChannelAddress, OfChannel<R>> channels = new HashMap<>();
  private final Map<Mark, Doubt<R>> doubts = new HashMap<>();

  private OfChannel<R> of(ChannelAddress address) {
    return channels.computeIfAbsent(address, absent -> new OfChannel<>());
  }

  void add(Doubt<R> doubt) {
    doubts.put(doubt.send().mark(), doubt);
    of(doubt.send().address()).doubts.add(doubt);
  }

  void add(ChannelAddress address, PendingTakeover<R> takeover) {
    of(address).takeovers.add(takeover);
  }

  /** What is asked now. Each inquiry has to be {@link #answered}. */
  List<Inquiry<R>> ask(long now) {
    List<Inquiry<R>> inquiries = new ArrayList<>();
    channels.forEach(
        (address, channel) -> {
          OptionalLong due = channel.due();
          if (!channel.asked && due.isPresent() && now - due.getAsLong() >= 0) {
            channel.asked = true;
            channel.askedAt = now;
            inquiries.add(
                new Inquiry<>(address, dueDoubts(channel, now), dueTakeovers(channel, now)));
          }
        });
    return inquiries;
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
    return channels.values().stream()
        .filter(channel -> !channel.asked)
        .map(OfChannel::due)
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong)
        .min();
  }

  /** Notes that the listing for an inquiry is over. */
  void answered(Inquiry<R> inquiry, long now) {
    OfChannel<R> channel = of(inquiry.address());
    channel.asked = false;
    channel.glanceFrom =
        OptionalLong.of(now + Math.max(LEAST_GAP_NANOS, 2 * (now - channel.askedAt)));
    if (channel.doubts.isEmpty() && channel.takeovers.isEmpty()) {
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
    Queue<Doubt<R>> waiting = of(doubt.send().address()).doubts;
    while (!waiting.isEmpty() && !isOpen(waiting.peek())) {
      waiting.remove();
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
            });
    return dropped;
  }
}
