package dev.birdconnect.sink.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.message.MessageStatus;
import dev.birdconnect.client.message.UnreadableEntry;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.common.reference.RecordReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A channel's list as the API may give it: either order, cursors by position or by count. */
final class FakeList {

  static final Instant START = Instant.parse("2031-03-01T13:00:00Z");

  final List<Message> oldestFirst = new ArrayList<>();
  private final Set<String> unreadable = new HashSet<>();
  private final boolean newestFirstByDefault;
  private final boolean ignoresReverse;
  private final boolean countingCursor;
  private final int pageSize;

  FakeList(
      boolean newestFirstByDefault, boolean ignoresReverse, boolean countingCursor, int pageSize) {
    this.newestFirstByDefault = newestFirstByDefault;
    this.ignoresReverse = ignoresReverse;
    this.countingCursor = countingCursor;
    this.pageSize = pageSize;
  }

  static FakeList newestFirst(int pageSize) {
    return new FakeList(true, false, false, pageSize);
  }

  static RecordReference reference(int partition, long offset) {
    return new RecordReference("shop", "orders", partition, offset, "g");
  }

  void add(RecordReference reference, Instant createdAt) {
    add(reference.label(), createdAt);
  }

  void add(String label, Instant createdAt) {
    add(JsonNodeFactory.instance.objectNode().put("reference", label), createdAt);
  }

  /** A message with a label of the user's own. */
  void addLabelled(String label, RecordReference coordinates, Instant createdAt) {
    ObjectNode resource = JsonNodeFactory.instance.objectNode().put("reference", label);
    resource
        .putObject("meta")
        .putObject("extraInformation")
        .put("kafkaRecord", coordinates.label());
    add(resource, createdAt);
  }

  private void add(ObjectNode resource, Instant createdAt) {
    oldestFirst.add(
        new Message(
            "m" + oldestFirst.size(),
            "c",
            new MessageStatus("accepted"),
            createdAt,
            createdAt,
            resource));
  }

  /** An entry that is no message; it stands where one of this time would. */
  void addUnreadable(JsonNode entry, Instant createdAt) {
    String id = "m" + oldestFirst.size();
    unreadable.add(id);
    oldestFirst.add(new Message(id, "c", MessageStatus.ACCEPTED, createdAt, createdAt, entry));
  }

  MessagePage page(ListQuery query) {
    boolean newestFirst = newestFirstByDefault != (query.reverse() && !ignoresReverse);
    int size = oldestFirst.size();
    int from =
        query
            .pageToken()
            .map(Integer::parseInt)
            .map(at -> newestFirst && !countingCursor ? size - at : at)
            .orElse(0);
    int to = Math.min(size, from + pageSize);
    List<Message> results = new ArrayList<>();
    List<UnreadableEntry> entries = new ArrayList<>();
    for (int i = from; i < to; i++) {
      Message message = oldestFirst.get(newestFirst ? size - 1 - i : i);
      if (unreadable.contains(message.id())) {
        entries.add(new UnreadableEntry(results.size(), "it is broken", message.resource()));
      } else {
        results.add(message);
      }
    }
    int token = newestFirst && !countingCursor ? size - to : to;
    return new MessagePage(
        results, entries, to < size ? Optional.of(Integer.toString(token)) : Optional.empty());
  }

  /** Makes a listing; {@code meanwhile} happens after each page. */
  Findings read(
      Listing listing, Optional<Instant> serverTime, long receivedAt, Runnable meanwhile) {
    Optional<ListQuery> next = listing.begin();
    while (next.isPresent()) {
      MessagePage page = page(next.get());
      meanwhile.run();
      next = listing.read(next.get(), SeenPage.of(page), serverTime, receivedAt);
    }
    return listing.findings();
  }
}
