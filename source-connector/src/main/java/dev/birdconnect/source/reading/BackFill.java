package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.source.position.Phase;
import dev.birdconnect.source.position.Place;
import dev.birdconnect.source.position.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A reading from the oldest message upwards. Messages with the last creation time of a page are
 * held back until a later time has been seen: how the server orders equal times is not documented,
 * and the next page may bring some that belong before them.
 */
final class BackFill {

  private final int mostHeld;
  private final Map<String, Message> held = new LinkedHashMap<>();
  private Optional<String> heldToken = Optional.empty();
  private Optional<String> pageToken;
  private Optional<Position> floor;
  private boolean ended;

  /**
   * @param pageToken the page to begin with; empty for the oldest one
   * @param floor what the first page has to begin at or before; empty for no such condition
   * @param mostHeld how many messages may be held back
   */
  BackFill(Optional<String> pageToken, Optional<Position> floor, int mostHeld) {
    this.pageToken = pageToken;
    this.floor = floor;
    this.mostHeld = mostHeld;
  }

  /** The page wanted next. */
  Optional<String> pageToken() {
    return pageToken;
  }

  /** Whether the youngest message to be emitted has been reached. */
  boolean ended() {
    return ended;
  }

  /** Whether the page is one to go on from: not all of it lies after what is emitted. */
  boolean fits(MessagePage page) {
    return floor.isEmpty()
        || page.results().stream()
            .anyMatch(message -> !message.createdAt().isAfter(floor.get().createdAt()));
  }

  /**
   * Takes the page that was wanted.
   *
   * @param page the page; it {@link #fits}
   * @param bound messages made after it are too young
   * @return what can be looked at now, oldest first
   */
  List<Sighting> accept(MessagePage page, Instant bound) {
    floor = Optional.empty();
    Optional<String> groupToken = heldToken;
    Optional<Instant> group = held.values().stream().findFirst().map(Message::createdAt);
    page.results().forEach(message -> held.put(message.id(), message));
    List<Message> sorted = Sweep.sorted(held.values());
    held.clear();
    Optional<Instant> last =
        sorted.isEmpty()
            ? Optional.empty()
            : Optional.of(sorted.get(sorted.size() - 1).createdAt());
    ended = page.nextPageToken().isEmpty() || last.filter(time -> time.isAfter(bound)).isPresent();
    boolean holdBack =
        !ended && sorted.stream().filter(m -> m.createdAt().equals(last.get())).count() <= mostHeld;

    List<Sighting> ready = new ArrayList<>(sorted.size());
    for (Message message : sorted) {
      boolean ofGroup = group.filter(message.createdAt()::equals).isPresent();
      if (message.createdAt().isAfter(bound)) {
        break;
      } else if (holdBack && message.createdAt().equals(last.get())) {
        held.put(message.id(), message);
        heldToken = ofGroup ? groupToken : pageToken;
      } else {
        Optional<String> token = ofGroup ? groupToken : pageToken;
        ready.add(new Sighting(message, new Place(Phase.BACK_FILL, token)));
      }
    }
    pageToken = page.nextPageToken();
    return ready;
  }
}
