package dev.birdconnect.source;

import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.source.event.EventHeader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Compares both ends of a source: the messages of the API with the records in the topics. */
final class SourceEnds {

  private static final int EXAMPLES = 3;
  private static final List<Set<String>> STEPS =
      List.of(
          Set.of("scheduled"),
          Set.of("accepted"),
          Set.of("processing"),
          Set.of("sent"),
          Set.of("delivered", "rejected", "skipped", "sending_failed"),
          Set.of("delivery_failed"));

  /**
   * What the topics may and must hold.
   *
   * @param late whether messages may come behind later ones
   * @param messages whether the transform keeps events of messages
   * @param allStatuses whether the transform keeps all statuses of the messages that it keeps
   */
  record Allowed(boolean late, boolean messages, boolean allStatuses) {}

  private final Allowed allowed;
  private final Map<String, MadeMessage> owed;
  private final Set<String> known;

  /**
   * @param owed the messages that have to be there, as they are
   * @param gone ids of the messages that may be there
   */
  SourceEnds(Allowed allowed, List<MadeMessage> owed, Set<String> gone) {
    this.allowed = allowed;
    this.owed = owed.stream().collect(Collectors.toMap(MadeMessage::id, message -> message));
    this.known = new HashSet<>(gone);
    known.addAll(this.owed.keySet());
  }

  /** What is not there yet: lost messages, and statuses that are not the present ones. */
  List<String> missing(List<SourceRecord> records) {
    Set<Object> messages = new HashSet<>();
    Map<Object, String> statuses = new HashMap<>();
    for (SourceRecord record : records) {
      if (isMessage(record)) {
        messages.add(record.key());
      } else {
        statuses.put(record.key(), value(record).getString("status"));
      }
    }
    Complaints complaints = new Complaints();
    for (MadeMessage message : owed.values()) {
      if (allowed.messages() && !messages.contains(message.id())) {
        complaints.add("lost", message.toString() + " of " + message.createdAt());
      } else if (!message.status().equals(statuses.get(message.id()))) {
        complaints.add("last status", message + ", not " + statuses.get(message.id()));
      }
    }
    return complaints.lines();
  }

  /**
   * What is doubled, out of order, or of no message.
   *
   * @param certain the records that must not come again
   */
  List<String> wrong(List<SourceRecord> certain) {
    Complaints complaints = new Complaints();
    Set<String> eventIds = new HashSet<>();
    Map<String, Place> last = new HashMap<>();
    Map<String, Struct> statuses = new HashMap<>();
    Set<String> announced = new HashSet<>();
    for (SourceRecord record : certain) {
      String id = (String) record.key();
      Struct value = value(record);
      String eventId = (String) record.headers().lastWithName(EventHeader.ID.text()).value();
      if (!eventIds.add(eventId)) {
        complaints.add("doubled", eventId);
      }
      if (!known.contains(id)) {
        complaints.add("of no message", eventId);
      }
      if (isMessage(record)) {
        announced.add(id);
        checkOrder(value, last, complaints);
      } else {
        if (allowed.messages() && !announced.contains(id)) {
          complaints.add("status before its message", eventId);
        }
        checkStatus(value, statuses.put(id, value), complaints);
      }
    }
    return complaints.lines();
  }

  private record Place(Instant createdAt, String id) {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::createdAt).thenComparing(Place::id);
  }

  private void checkOrder(Struct message, Map<String, Place> last, Complaints complaints) {
    Place place =
        new Place(Instant.parse(message.getString("createdAtText")), message.getString("id"));
    if (message.getBoolean("late")) {
      if (!allowed.late()) {
        complaints.add("late", place.toString());
      }
      return;
    }
    Place before = last.put(message.getString("channelId"), place);
    if (before != null && Place.ORDER.compare(before, place) >= 0) {
      complaints.add("out of order", place + " after " + before);
    }
  }

  private void checkStatus(Struct status, Struct before, Complaints complaints) {
    String eventId = status.getString("eventId");
    int sequence = status.getInt32("sequence");
    if (before == null) {
      if (allowed.allStatuses() && (sequence != 1 || status.get("previousStatus") != null)) {
        complaints.add("no first status", eventId);
      }
      return;
    }
    if (step(status) <= step(before) || sequence <= before.getInt32("sequence")) {
      complaints.add("status goes back", eventId + " after " + before.getString("eventId"));
    }
    boolean follows =
        sequence == before.getInt32("sequence") + 1
            && before.getString("status").equals(status.getString("previousStatus"));
    if (allowed.allStatuses() && !follows) {
      complaints.add("does not follow", eventId + " after " + before.getString("eventId"));
    }
  }

  private static int step(Struct status) {
    for (int step = 0; step < STEPS.size(); step++) {
      if (STEPS.get(step).contains(status.getString("status"))) {
        return step;
      }
    }
    throw new IllegalArgumentException("There is no status " + status.getString("status") + ".");
  }

  private static boolean isMessage(SourceRecord record) {
    return record.topic().endsWith(".messages");
  }

  private static Struct value(SourceRecord record) {
    return (Struct) record.value();
  }

  /** One line for each kind, with some examples. */
  private static final class Complaints {
    private final Map<String, List<String>> byKind = new TreeMap<>();

    void add(String kind, String example) {
      byKind.computeIfAbsent(kind, absent -> new ArrayList<>()).add(example);
    }

    List<String> lines() {
      return byKind.entrySet().stream()
          .map(
              entry ->
                  entry.getValue().size()
                      + " "
                      + entry.getKey()
                      + ": "
                      + entry.getValue().stream().limit(EXAMPLES).toList())
          .toList();
    }
  }
}
