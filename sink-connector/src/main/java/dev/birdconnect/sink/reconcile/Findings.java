package dev.birdconnect.sink.reconcile;

import dev.birdconnect.sink.position.PartitionId;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a listing has found.
 *
 * @param found the unknown sends whose message is there, and the message
 * @param open the unknown sends for which the list was not read far enough, or shows a message with
 *     the same label and without coordinates
 * @param earlier what earlier owners have sent, by partition
 * @param pages how many pages were read
 */
public record Findings(
    Map<Mark, SentMessage> found,
    Set<Mark> open,
    Map<PartitionId, EarlierSends> earlier,
    int pages) {

  public Findings {
    found = Map.copyOf(found);
    open = Set.copyOf(open);
    earlier = Map.copyOf(earlier);
  }

  /** What a channel tells that is not there: nothing was sent through it. */
  public static Findings ofMissingChannel(Questions questions) {
    return new Findings(Map.of(), Set.of(), earlier(questions, EarlierSends.none()), 0);
  }

  /** What a list tells that may not be read: nothing. */
  public static Findings ofUnreadableList(Questions questions) {
    return new Findings(
        Map.of(),
        questions.unknown().stream().map(UnknownSend::mark).collect(Collectors.toSet()),
        earlier(questions, EarlierSends.unreadable()),
        0);
  }

  private static Map<PartitionId, EarlierSends> earlier(Questions questions, EarlierSends same) {
    return questions.takeovers().stream()
        .map(Takeover::partition)
        .collect(Collectors.toMap(Function.identity(), partition -> same, (a, b) -> a));
  }
}
