package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ListQuery;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads on downwards as long as a page shows more open messages than single reads would. */
final class StatusPages implements Activity {

  private static final int WORTH_A_PAGE = 2;

  private final Reading reading;
  private final Set<String> due;
  private Optional<String> pageToken;

  /**
   * @param pageToken the first page to read; empty where there is none
   */
  StatusPages(Reading reading, Optional<String> pageToken) {
    this.reading = reading;
    this.pageToken = pageToken;
    this.due = new HashSet<>(reading.due(Integer.MAX_VALUE));
  }

  @Override
  public long dueAt() {
    return reading.calls.notBefore();
  }

  @Override
  public void goOn() {
    if (reading.calls.underWay() > 0) {
      return;
    }
    boolean worthIt = pageToken.isPresent() && due.size() >= WORTH_A_PAGE;
    if (!worthIt || reading.hasCome(reading.sweepDueAt())) {
      reading.readOneByOne();
      return;
    }
    ListQuery query =
        new ListQuery(reading.settings.pageSize(), pageToken, reading.reverseForNewest());
    reading.calls.list(query, (page, asOf) -> accept(page), () -> pageToken = Optional.empty());
  }

  private void accept(MessagePage page) {
    int shown = 0;
    for (Message message : page.results()) {
      if (reading.memory.follows(message.id())) {
        reading.handOver.add(new Sighting(message, reading.tail()));
        shown += due.remove(message.id()) ? 1 : 0;
      }
    }
    pageToken = shown < WORTH_A_PAGE ? Optional.empty() : page.nextPageToken();
  }
}
