package dev.birdconnect.sink.delivery;

import dev.birdconnect.sink.position.PartitionId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Decides which partitions are paused, by the memory that their unfinished records take. Above the
 * high mark those that hold at least an even share of it are paused, so that one that is stuck does
 * not hold up the others; a partition goes on when all together are below the low mark, or it holds
 * less than half of its share.
 */
public final class WaterMarks {

  private final long high;

  /**
   * @param high the high mark, in bytes; the low one is half of it
   */
  public WaterMarks(long high) {
    this.high = high;
  }

  /**
   * The partitions that should be paused from now on.
   *
   * @param loads bytes of unfinished records, by partition
   * @param paused those paused up to now
   */
  public Set<PartitionId> paused(Map<PartitionId, Long> loads, Set<PartitionId> paused) {
    long total = loads.values().stream().mapToLong(Long::longValue).sum();
    if (total < high && paused.isEmpty()) {
      return Set.of();
    }
    long share = high / Math.max(1, loads.size());
    Set<PartitionId> result = new HashSet<>();
    loads.forEach(
        (partition, load) -> {
          boolean full = total >= high && load >= share;
          boolean drains = paused.contains(partition) && total >= high / 2 && load >= share / 2;
          if (full || drains) {
            result.add(partition);
          }
        });
    return result;
  }
}
