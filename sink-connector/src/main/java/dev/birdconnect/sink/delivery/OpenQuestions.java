package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.request.ChannelAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The doubts and takeovers of a task, by channel. One listing at a time is made of a channel, and
 * it answers everything that is due when it begins. Not thread-safe.
 *
 * @param <R> the record
 */
final class OpenQuestions<R> {

  private static final class OfChannel<R> {
    private final PriorityQueue<Doubt<R>> doubts =
        new PriorityQueue<>(Comparator.comparingLong(Doubt::due));
    private final List<PendingTakeover<R>> takeovers = new ArrayList<>();
    private boolean asked;

    private OptionalLong due() {
      OptionalLong takeover = takeovers.stream().mapToLong(PendingTakeover::due).min();
      if (doubts.isEmpty()) {
        return takeover;
      }
      long doubt = doubts.peek().due();
      return OptionalLong.of(takeover.isPresent() ? Math.min(doubt, takeover.getAsLong()) : doubt);
    }
  }

  private final Map<ChannelAddress, OfChannel<R>> channels = new HashMap<>();
  private final Set<Doubt<R>> doubts = Collections.newSetFromMap(new IdentityHashMap<>());

  private OfChannel<R> of(ChannelAddress address) {
    return channels.computeIfAbsent(address, absent -> new OfChannel<>());
  }

  void add(Doubt<R> doubt) {
    doubts.add(doubt);
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
            inquiries.add(
                new Inquiry<>(address, dueDoubts(channel, now), dueTakeovers(channel, now)));
          }
        });
    return inquiries;
  }

  private static <R> List<Doubt<R>> dueDoubts(OfChannel<R> channel, long now) {
    List<Doubt<R>> due = new ArrayList<>();
    while (!channel.doubts.isEmpty() && now - channel.doubts.peek().due() >= 0) {
      due.add(channel.doubts.remove());
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
  void answered(Inquiry<R> inquiry) {
    OfChannel<R> channel = of(inquiry.address());
    channel.asked = false;
    if (channel.doubts.isEmpty() && channel.takeovers.isEmpty()) {
      channels.remove(inquiry.address());
    }
  }

  /** Takes a doubt off; false when it is not open any more. */
  boolean close(Doubt<R> doubt) {
    return doubts.remove(doubt);
  }

  /** The doubts that are open. */
  Set<Doubt<R>> doubts() {
    return doubts;
  }

  /** Drops what concerns partitions that are given up; returns the doubts among it. */
  List<Doubt<R>> drop() {
    List<Doubt<R>> dropped = doubts.stream().filter(doubt -> doubt.partition().retired()).toList();
    dropped.forEach(doubts::remove);
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
