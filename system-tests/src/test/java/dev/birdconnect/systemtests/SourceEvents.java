package dev.birdconnect.systemtests;

import dev.birdconnect.simulator.MadeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The events that a source has written, compared with the messages of the API. */
final class SourceEvents {

  private static final int EXAMPLES = 5;
  private static final Comparator<Event> ORDER =
      Comparator.comparing(Event::createdAt).thenComparing(Event::id);

  /**
   * An event.
   *
   * @param message whether it is of a message, not of a status
   * @param channelId the message's channel
   * @param id the message's id
   * @param eventId its own id
   * @param createdAt when the message was made
   * @param late whether it is marked late
   * @param status the status
   * @param sequence the number of the status
   * @param writtenAt when the broker got it
   */
  record Event(
      boolean message,
      String channelId,
      String id,
      String eventId,
      Instant createdAt,
      boolean late,
      String status,
      int sequence,
      Instant writtenAt) {}

  /**
   * A heartbeat.
   *
   * @param channelId its channel
   * @param emittedUpTo all messages made before it are said to be emitted
   * @param writtenAt when the broker got it
   */
  record Heartbeat(String channelId, Instant emittedUpTo, Instant writtenAt) {}

  private final List<Event> events;

  /**
   * @param events in the order of their topics
   */
  SourceEvents(List<Event> events) {
    this.events = List.copyOf(events);
  }

  /**
   * Messages that are not there, or not with their present status.
   *
   * @param messages whether events of messages are wanted
   */
  List<String> missing(List<MadeMessage> made, boolean messages) {
    Set<String> seen = new HashSet<>();
    Map<String, String> statuses = new HashMap<>();
    for (Event event : events) {
      if (event.message()) {
        seen.add(event.id());
      } else {
        statuses.put(event.id(), event.status());
      }
    }
    Complaints complaints = new Complaints();
    for (MadeMessage message : made) {
      if (messages && !seen.contains(message.id())) {
        complaints.add("lost", message.id());
      }
      if (!message.status().equals(statuses.get(message.id()))) {
        complaints.add("last status", message + " not " + statuses.get(message.id()));
      }
    }
    return complaints.lines();
  }

  /**
   * What comes again although it must not, is out of order, or jumps over a status.
   *
   * @param repeatable which events may come again
   * @param late whether messages may come behind later ones
   */
  List<String> wrong(Predicate<Event> repeatable, boolean late) {
    Complaints complaints = new Complaints();
    checkMessages(repeatable, late, complaints);
    checkStatuses(repeatable, complaints);
    return complaints.lines();
  }

  private void checkMessages(Predicate<Event> repeatable, boolean late, Complaints complaints) {
    Map<String, Event> first = new HashMap<>();
    Map<String, Event> last = new HashMap<>();
    for (Event event : events.stream().filter(Event::message).toList()) {
      Event before = first.putIfAbsent(event.id(), event);
      if (before != null) {
        complaints.addIf(!repeatable.test(before), "doubled", before + " again " + event);
      } else if (event.late() || isBehind(event, last)) {
        complaints.addIf(!late, "out of order", event.toString());
      } else {
        last.put(event.channelId(), event);
      }
    }
  }

  private static boolean isBehind(Event event, Map<String, Event> lastOfChannels) {
    Event last = lastOfChannels.get(event.channelId());
    return last != null && ORDER.compare(last, event) >= 0;
  }

  /**
   * Heartbeats that said more than was true: a message from before came after them.
   *
   * @param apart the most that the order of topics may be off by
   */
  List<String> overtaken(List<Heartbeat> heartbeats, Duration apart) {
    Map<String, TreeMap<Instant, Instant>> upTo = new HashMap<>();
    heartbeats.stream()
        .sorted(Comparator.comparing(Heartbeat::writtenAt))
        .forEach(
            beat ->
                upTo.computeIfAbsent(beat.channelId(), absent -> new TreeMap<>())
                    .merge(beat.writtenAt(), beat.emittedUpTo(), SourceEvents::later));
    Complaints complaints = new Complaints();
    for (Event event : events) {
      Map.Entry<Instant, Instant> before =
          upTo.getOrDefault(event.channelId(), new TreeMap<>())
              .lowerEntry(event.writtenAt().minus(apart));
      complaints.addIf(
          event.message()
              && !event.late()
              && before != null
              && event.createdAt().isBefore(before.getValue()),
          "after a heartbeat",
          event + " after " + before);
    }
    return complaints.lines();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** After a crash another status may have the number of one that may come again. */
  private void checkStatuses(Predicate<Event> repeatable, Complaints complaints) {
    Map<String, Event> first = new HashMap<>();
    for (Event event : events.stream().filter(one -> !one.message()).toList()) {
      Event before = first.putIfAbsent(numbered(event, 0), event);
      if (before != null) {
        complaints.addIf(!repeatable.test(before), "doubled", before + " again " + event);
      }
      boolean follows = event.sequence() == 1 || first.containsKey(numbered(event, -1));
      complaints.addIf(!follows, "status left out", event.toString());
    }
  }

  private static String numbered(Event status, int more) {
    return status.id() + "#" + (status.sequence() + more);
  }

  /** How many there are, and how many of them are repeats. */
  @Override
  public String toString() {
    long ids = events.stream().map(Event::eventId).distinct().count();
    return events.size() + " events, " + (events.size() - ids) + " of them repeats";
  }

  /** One line for each kind, with some examples. */
  private static final class Complaints {
    private final Map<String, List<String>> byKind = new TreeMap<>();

    void add(String kind, String example) {
      byKind.computeIfAbsent(kind, absent -> new ArrayList<>()).add(example);
    }

    void addIf(boolean wrong, String kind, String example) {
      if (wrong) {
        add(kind, example);
      }
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
