package dev.birdconnect.source.reading;

import dev.birdconnect.source.status.KnownMessage;
import dev.birdconnect.source.status.ReadPlan.Due;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which reads to spend on open messages, and in what order. A page that shows several costs as much
 * as one message, so it is taken for them. What comes first is the read that shortens the wait
 * most: its messages' waits in sum, each in units of the time between two of its readings. What
 * waits too long goes before that, the longest wait first, so that nothing waits for ever.
 */
final class StatusPlan {

  private static final int WORTH_A_PAGE = 2;
  private static final double TOO_LONG = 4;

  /** A read. */
  sealed interface Read {

    /** The sum of the waits of what it shows. */
    double gain();

    /** The longest of these waits. */
    double longest();
  }

  /** A page that shows several messages. */
  record PageRead(String token, List<KnownMessage> messages, double gain, double longest)
      implements Read {}

  /** One message. */
  record MessageRead(KnownMessage message, double gain) implements Read {

    @Override
    public double longest() {
      return gain;
    }
  }

  private StatusPlan() {}

  /**
   * Plans.
   *
   * @param due what is to be read
   * @param signposts the pages that are known
   * @param alone messages that their page did not show
   */
  static List<Read> of(List<Due> due, Signposts signposts, Set<String> alone) {
    Map<String, List<Due>> byPage = new LinkedHashMap<>();
    List<Read> reads = new ArrayList<>();
    for (Due wanted : due) {
      Optional<Signposts.Post> post =
          Optional.of(wanted.message())
              .filter(message -> !alone.contains(message.id()))
              .flatMap(message -> signposts.of(Instant.ofEpochMilli(message.createdAtMillis())));
      if (post.isPresent()) {
        byPage.computeIfAbsent(post.get().token(), token -> new ArrayList<>()).add(wanted);
      } else {
        reads.add(new MessageRead(wanted.message(), wanted.waits()));
      }
    }
    byPage.forEach((token, shown) -> addReads(reads, token, shown));
    reads.sort(
        Comparator.comparingDouble((Read read) -> Math.max(TOO_LONG, read.longest()))
            .thenComparingDouble(Read::gain)
            .reversed());
    return reads;
  }

  private static void addReads(List<Read> reads, String token, List<Due> shown) {
    if (shown.size() < WORTH_A_PAGE) {
      shown.forEach(due -> reads.add(new MessageRead(due.message(), due.waits())));
      return;
    }
    reads.add(
        new PageRead(
            token,
            shown.stream().map(Due::message).toList(),
            shown.stream().mapToDouble(Due::waits).sum(),
            shown.stream().mapToDouble(Due::waits).max().orElse(0)));
  }
}
