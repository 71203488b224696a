package dev.birdconnect.source.workspace;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.source.workspace.WorkspaceList.Page;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One reading of the workspace's list from its head, down to where the one before it begins. */
final class HeadReading {

  private final Optional<Instant> bound;
  private final Instant until;
  private final int mostPages;
  private final Map<String, Witness> notShown = new HashMap<>();
  private Optional<Page> head = Optional.empty();
  private Optional<String> pageToken = Optional.empty();
  private Instant oldest = Instant.MAX;
  private int pages;
  private boolean ended;

  /**
   * @param bound all messages made at or after it are to be shown; empty to read the head only
   * @param witnesses messages that have to be shown too, though they may be older
   * @param mostPages how many pages it may take
   */
  HeadReading(Optional<Instant> bound, List<Witness> witnesses, int mostPages) {
    this.bound = bound;
    this.mostPages = mostPages;
    this.until =
        Stream.concat(bound.stream(), witnesses.stream().map(Witness::createdAt))
            .min(Instant::compareTo)
            .orElse(Instant.MAX);
    witnesses.forEach(witness -> notShown.put(witness.messageId(), witness));
  }

  /** The page wanted next; empty for the head. */
  Optional<String> pageToken() {
    return pageToken;
  }

  /** Its first page; empty before that has come. */
  Optional<Page> head() {
    return head;
  }

  /** Takes the page that was wanted; returns whether it is in the order that it should be in. */
  boolean accept(Page shown) {
    MessagePage page = shown.page();
    head = head.or(() -> Optional.of(shown));
    pages++;
    boolean newestFirst = true;
    Instant above = Instant.MAX;
    for (Message message : page.results()) {
      newestFirst &= !message.createdAt().isAfter(above);
      above = message.createdAt();
      oldest = message.createdAt().isBefore(oldest) ? message.createdAt() : oldest;
      notShown.computeIfPresent(
          message.id(),
          (id, witness) -> message.channelId().equals(witness.channelId()) ? null : witness);
    }
    page.unreadable().forEach(entry -> entry.id().ifPresent(notShown::remove));
    pageToken = page.nextPageToken();
    ended = pageToken.isEmpty();
    return newestFirst || !shown.ordered();
  }

  /** Equal times may be in any order, so a time is passed with a message made before it. */
  private boolean hasPassed(Instant time) {
    return ended || oldest.isBefore(time);
  }

  /** Whether no further page is wanted. */
  boolean isThrough() {
    return bound.isEmpty() || hasPassed(until) || pages >= mostPages;
  }

  /** Whether all down to the bound was shown. */
  boolean covers() {
    return bound.filter(this::hasPassed).isPresent();
  }

  /** A message that had to be shown and was not. */
  Optional<Witness> notShown() {
    return notShown.values().stream().filter(witness -> hasPassed(witness.createdAt())).findFirst();
  }
}
