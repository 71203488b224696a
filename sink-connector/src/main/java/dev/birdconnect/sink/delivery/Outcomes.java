package dev.birdconnect.sink.delivery;

import dev.birdconnect.sink.position.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The outcomes that the task's thread has to report before their records are finished. Not
 * thread-safe.
 *
 * @param <R> the record
 */
final class Outcomes<R> {

  private List<Rejection<R>> rejections = new ArrayList<>();
  private List<Acceptance<R>> acceptances = new ArrayList<>();

  void add(Rejection<R> rejection) {
    rejections.add(rejection);
  }

  void add(Acceptance<R> acceptance) {
    acceptances.add(acceptance);
  }

  List<Rejection<R>> takeRejections() {
    if (rejections.isEmpty()) {
      return List.of();
    }
    List<Rejection<R>> taken = rejections;
    rejections = new ArrayList<>();
    return taken;
  }

  List<Acceptance<R>> takeAcceptances() {
    if (acceptances.isEmpty()) {
      return List.of();
    }
    List<Acceptance<R>> taken = acceptances;
    acceptances = new ArrayList<>();
    return taken;
  }

  /** Drops the rejections of partitions that are given up: their next owner meets them again. */
  void dropRejections(Set<PartitionId> gone) {
    rejections.removeIf(rejection -> gone.contains(rejection.position().partition()));
  }

  /** Drops everything of partitions that have been given up. */
  void drop(Set<PartitionId> gone) {
    dropRejections(gone);
    acceptances.removeIf(
        acceptance -> gone.contains(acceptance.trial().send().position().partition()));
  }
}
