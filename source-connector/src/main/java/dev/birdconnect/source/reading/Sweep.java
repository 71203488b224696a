package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.source.position.Position;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One reading of the list from its head down to the frontier, kept until it is whole. */
final class Sweep {

  /** What a page has led to. */
  enum Progress {
    /** The next page is needed. */
    MORE,
    /** The frontier or the end of the list is reached. */
    WHOLE,
    /** There is more than may be kept. */
    TOO_DEEP
  }

  private final Optional<Position> floor;
  private final int most;
  private final Map<String, Message> messages = new LinkedHashMap<>();
  private Optional<String> pageToken = Optional.empty();
  private Optional<Instant> bound = Optional.empty();

  /**
   * @param floor all up to here is emitted; empty when nothing is
   * @param most how many messages may be kept
   */
  Sweep(Optional<Position> floor, int most) {
    this.floor = floor;
    this.most = most;
  }

  /** The page wanted next; empty for the head. */
  Optional<String> pageToken() {
    return pageToken;
  }

  /**
   * Takes the page that was wanted. A message that is on two pages, since the list has grown
   * between them, counts as it was read last. The floor is passed with a message made before it:
   * how the server orders equal times is not documented.
   *
   * @param youngest what counts as old enough by the time of this page; that of the first page
   *     stands for the whole sweep
   */
  Progress accept(MessagePage page, Instant youngest) {
    if (bound.isEmpty()) {
      bound = Optional.of(youngest);
    }
    page.results().forEach(message -> messages.put(message.id(), message));
    pageToken = page.nextPageToken();
    boolean passed =
        floor.isPresent()
            && page.results().stream()
                .anyMatch(message -> message.createdAt().isBefore(floor.get().createdAt()));
    if (passed || pageToken.isEmpty()) {
      return Progress.WHOLE;
    }
    return messages.size() > most ? Progress.TOO_DEEP : Progress.MORE;
  }

  /** The messages that are old enough, oldest first. */
  List<Message> oldestFirst() {
    Instant youngest = bound.orElse(Instant.MIN);
    return BackFill.sorted(messages.values()).stream()
        .filter(message -> !message.createdAt().isAfter(youngest))
        .toList();
  }
}
