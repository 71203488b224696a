package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.reconcile.SentMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be seen in the channels' lists of the sends that left in batches. Not thread-safe.
 *
 * @param <R> the record
 */
final class Results<R> {

  private static final int MANY_CHANNELS = 1000;

  private final BatchRules rules;
  private final int maxPages;
  private final Sweep.Watcher watcher;
  private final Map<ChannelAddress, ChannelResults<R>> channels = new HashMap<>();

  /**
   * @param maxPages most pages of a sweep
   * @param watcher is shown the messages of every page
   */
  Results(BatchRules rules, int maxPages, Sweep.Watcher watcher) {
    this.rules = rules;
    this.maxPages = maxPages;
    this.watcher = watcher;
  }

  private ChannelResults<R> of(ChannelAddress address) {
    if (channels.size() > MANY_CHANNELS && !channels.containsKey(address)) {
      channels.values().removeIf(ChannelResults::idle);
    }
    return channels.computeIfAbsent(
        address, absent -> new ChannelResults<>(address, new SweepPace(rules.getPerSecond())));
  }

  void departed(Attempt<R> attempt, long now) {
    of(attempt.send().address()).departed(attempt, now);
  }

  @Nullable SentMessage taken(Attempt<R> attempt, long now) {
    return of(attempt.send().address()).taken(attempt, now);
  }

  @Nullable SentMessage ended(Attempt<R> attempt) {
    ChannelResults<R> channel = channels.get(attempt.send().address());
    return channel == null ? null : channel.ended(attempt);
  }

  /** What is to be seen in a channel; null where nothing left for it in batches. */
  @Nullable ChannelResults<R> channel(ChannelAddress address) {
    return channels.get(address);
  }

  /** The sweeps that begin now. Each has to be {@link #swept}. */
  List<Sweep<R>> sweep(long now) {
    List<Sweep<R>> begun = List.of();
    for (ChannelResults<R> channel : channels.values()) {
      OptionalLong next = channel.nextSweep(now);
      if (next.isPresent() && now - next.getAsLong() >= 0) {
        if (begun.isEmpty()) {
          begun = new ArrayList<>();
        }
        begun.add(channel.sweep(maxPages, watcher, now));
      }
    }
    return begun;
  }

  /** When {@link #sweep} should be called again although nothing happened; empty for never. */
  OptionalLong nextSweep(long now) {
    return channels.values().stream()
        .map(channel -> channel.nextSweep(now))
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong)
        .min();
  }

  List<Awaited<R>> swept(Sweep<R> sweep) {
    return of(sweep.address()).swept(sweep);
  }

  private Stream<Awaited<R>> taken() {
    return channels.values().stream()
        .flatMap(channel -> channel.open().stream())
        .filter(awaited -> awaited.takenAt().isPresent());
  }

  /** How many sends that were taken in wait to be seen. */
  int waiting() {
    return channels.values().stream().mapToInt(ChannelResults::waiting).sum();
  }

  /** The attempts among them that belong to these partitions. */
  List<Attempt<R>> waitingOf(Set<PartitionId> ids) {
    return taken()
        .map(Awaited::attempt)
        .filter(attempt -> ids.contains(attempt.send().position().partition()))
        .toList();
  }
}
