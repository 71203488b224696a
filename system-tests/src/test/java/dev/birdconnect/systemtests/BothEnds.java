package dev.birdconnect.systemtests;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Compares both ends of a sink: the records that were produced with the messages that the API made,
 * by reference. It tells everything that is wrong: lost, doubled, out of order, not what the record
 * says, not asked for, not reported, reported without need, committed too far or not far enough.
 */
final class BothEnds {

  private static final int EXAMPLES = 5;

  /** What a record has to become. */
  enum Fate {
    MESSAGE,
    DEAD_LETTER,
    NOTHING
  }

  /** Where a record stands. */
  record Place(String topic, int partition, long offset) {
    private TopicPartition topicPartition() {
      return new TopicPartition(topic, partition);
    }

    @Override
    public String toString() {
      return topic + "-" + partition + "@" + offset;
    }
  }

  /**
   * A record as it was produced.
   *
   * @param place where it stands
   * @param key its key: records of one key and partition become messages in the order of offsets
   * @param order the number of the order that it is about
   * @param fate what it has to become
   */
  record Produced(Place place, String key, int order, Fate fate) {}

  /**
   * A message, one of a list in the order of making.
   *
   * @param reference its label
   * @param order the number of the order that it is about
   */
  record Made(String reference, int order) {}

  private final String namespace;
  private final Map<Place, Produced> produced = new HashMap<>();
  private final Map<TopicPartition, Long> ends = new TreeMap<>(BothEnds::compare);

  /**
   * @param namespace the namespace of the sink's references
   * @param produced all records of the topics that the sink reads
   */
  BothEnds(String namespace, Collection<Produced> produced) {
    this.namespace = namespace;
    for (Produced record : produced) {
      this.produced.put(record.place(), record);
      ends.merge(record.place().topicPartition(), record.place().offset() + 1, Math::max);
    }
  }

  private static int compare(TopicPartition a, TopicPartition b) {
    int topics = a.topic().compareTo(b.topic());
    return topics != 0 ? topics : Integer.compare(a.partition(), b.partition());
  }

  /** How many of the records have to become messages. */
  int messages() {
    return (int) produced.values().stream().filter(one -> one.fate() == Fate.MESSAGE).count();
  }

  /**
   * What is wrong now that everything should be finished; empty for a proof.
   *
   * @param made all messages in the order of making
   * @param deadLetters the places of the records in the dead letter topic
   * @param committed the offsets committed by the sink's group
   */
  List<String> wrong(
      List<Made> made, List<Place> deadLetters, Map<TopicPartition, Long> committed) {
    Complaints complaints = new Complaints();
    Map<Place, Integer> messages = check(made, complaints);
    Map<Place, Integer> letters = count(deadLetters, complaints);
    for (Produced record : produced.values()) {
      int wanted = record.fate() == Fate.MESSAGE ? 1 : 0;
      compare("messages", record.place(), wanted, messages, complaints);
      int reported = record.fate() == Fate.DEAD_LETTER ? 1 : 0;
      compare("dead letters", record.place(), reported, letters, complaints);
    }
    ends.forEach(
        (partition, end) -> {
          if (!end.equals(committed.get(partition))) {
            complaints.add(
                "not committed to its end",
                partition + " at " + committed.get(partition) + " of " + end);
          }
        });
    return complaints.lines();
  }

  /**
   * The records that were not finished although an offset above them was committed; empty when all
   * were. For any moment: the offsets have to be read first, then what came of the records.
   */
  List<String> passedOver(
      Map<TopicPartition, Long> committed, List<Made> made, List<Place> deadLetters) {
    Map<Place, Integer> messages = check(made, new Complaints());
    Map<Place, Integer> letters = count(deadLetters, new Complaints());
    Complaints complaints = new Complaints();
    for (Produced record : produced.values()) {
      Place place = record.place();
      boolean finished =
          record.fate() == Fate.NOTHING
              || messages.containsKey(place)
              || letters.containsKey(place);
      if (!finished && place.offset() < committed.getOrDefault(place.topicPartition(), 0L)) {
        complaints.add("committed, but not finished", place.toString());
      }
    }
    return complaints.lines();
  }

  /** Checks each message by itself and the order of keys; counts messages by record. */
  private Map<Place, Integer> check(List<Made> made, Complaints complaints) {
    Map<Place, Integer> counts = new HashMap<>();
    Map<List<Object>, Long> newest = new HashMap<>();
    for (Made message : made) {
      Produced record = produced.get(place(message.reference()));
      if (record == null) {
        complaints.add("made of no record", message.reference());
        continue;
      }
      Place place = record.place();
      if (message.order() != record.order()) {
        complaints.add("not what the record says", place + " says " + message.order());
      }
      boolean repeated = counts.merge(place, 1, Integer::sum) > 1;
      long last =
          newest.merge(List.of(place.topicPartition(), record.key()), place.offset(), Math::max);
      if (last > place.offset() && !repeated) {
        complaints.add("out of order", place + " after " + last);
      }
    }
    return counts;
  }

  private Map<Place, Integer> count(List<Place> deadLetters, Complaints complaints) {
    Map<Place, Integer> counts = new HashMap<>();
    for (Place place : deadLetters) {
      if (produced.containsKey(place)) {
        counts.merge(place, 1, Integer::sum);
      } else {
        complaints.add("dead letter of no record", place.toString());
      }
    }
    return counts;
  }

  private static void compare(
      String what, Place place, int wanted, Map<Place, Integer> counts, Complaints complaints) {
    int found = counts.getOrDefault(place, 0);
    if (found != wanted) {
      complaints.add(found + " " + what + " instead of " + wanted, place.toString());
    }
  }

  /**
   * Where the record of a reference stands; a place of no record where it is none of the sink's.
   */
  private Place place(String reference) {
    String[] parts = reference.split(":", -1);
    boolean ours =
        parts.length == 6
            && parts[0].equals("bk1")
            && parts[1].equals(namespace)
            && parts[3].matches("\\d{1,9}")
            && parts[4].matches("\\d{1,18}");
    return ours
        ? new Place(parts[2], Integer.parseInt(parts[3]), Long.parseLong(parts[4]))
        : new Place("", -1, -1);
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
                      + entry.getValue().stream().sorted().limit(EXAMPLES).toList())
          .toList();
    }
  }
}
