package dev.birdconnect.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * What a worker does with a task: polls it, lets a transform drop records, stores offsets as JSON,
 * stops it, breaks it off and starts it again.
 */
final class FakeWorker implements AutoCloseable {

  /** When a worker says of a record how it has ended. */
  enum Reports {
    /** At once: a worker without exactly-once support. */
    EACH,
    /** At the end of a transaction, which only a record that is kept begins: one with it. */
    TRANSACTIONS
  }

  private static final int MOST_ABORTED = 3;

  /** How it was before the records of one poll. */
  private record Before(int records, Map<Map<String, ?>, Map<String, Object>> offsets) {}

  private record Ended(SourceRecord record, boolean kept) {}

  private final Function<OffsetStorageReader, StartedSourceTask> tasks;
  private final Predicate<SourceRecord> dropped;
  private final Reports reports;
  private final List<Ended> unreported = new ArrayList<>();
  private final JsonConverter converter = new JsonConverter();
  private final List<SourceRecord> topics = new ArrayList<>();
  private final Set<SourceRecord> beyondFlush = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Before> transactions = new ArrayDeque<>();
  private Map<Map<String, ?>, Map<String, Object>> offsets = new HashMap<>();
  private Before flushed = new Before(0, Map.of());
  private StartedSourceTask task;

  /**
   * @param tasks starts a task from what is stored
   * @param dropped what the transform drops
   * @param reports when it says how records have ended
   */
  FakeWorker(
      Function<OffsetStorageReader, StartedSourceTask> tasks,
      Predicate<SourceRecord> dropped,
      Reports reports) {
    this.tasks = tasks;
    this.dropped = dropped;
    this.reports = reports;
    converter.configure(Map.of("schemas.enable", "false"), false);
    task = tasks.apply(new Stored());
  }

  /** One poll, with what it brings in one transaction. */
  void poll() {
    List<SourceRecord> found;
    try {
      found = task.poll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    if (found == null) {
      return;
    }
    transactions.addLast(new Before(topics.size(), new HashMap<>(offsets)));
    if (transactions.size() > MOST_ABORTED) {
      transactions.removeFirst();
    }
    for (SourceRecord record : found) {
      boolean kept = !dropped.test(record);
      if (kept) {
        topics.add(record);
        offsets.put(record.sourcePartition(), stored(record.sourceOffset()));
      }
      unreported.add(new Ended(record, kept));
    }
    report();
  }

  private void report() {
    if (reports == Reports.EACH || unreported.stream().anyMatch(Ended::kept)) {
      unreported.forEach(ended -> task.committed(ended.record(), ended.kept()));
      unreported.clear();
    }
    if (reports == Reports.TRANSACTIONS) {
      task.committed();
    }
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> stored(Map<String, ?> offset) {
    byte[] json = converter.fromConnectData("offsets", null, offset);
    return (Map<String, Object>) converter.toConnectData("offsets", json).value();
  }

  /** Stores the offsets, as a worker without transactions does from time to time. */
  void flush() {
    flushed = new Before(topics.size(), new HashMap<>(offsets));
  }

  /** Stops the task, has an offset set by hand, and starts the task again. */
  void set(Map<String, ?> partition, Map<String, Object> offset) {
    offsets.put(partition, offset);
    restart();
  }

  /** Stops the task in peace and starts it again. */
  void restart() {
    flush();
    startAgain();
  }

  /** Breaks off one or more of the last transactions and starts the task again. */
  void abort(Random random) {
    int aborted = transactions.isEmpty() ? 0 : random.nextInt(transactions.size()) + 1;
    for (int i = 0; i < aborted; i++) {
      Before before = transactions.removeLast();
      topics.subList(before.records(), topics.size()).clear();
      offsets = before.offsets();
    }
    startAgain();
  }

  /** Goes on from the offsets of the last flush, while all records stay in their topics. */
  void crash() {
    beyondFlush.addAll(topics.subList(flushed.records(), topics.size()));
    offsets = new HashMap<>(flushed.offsets());
    startAgain();
  }

  private void startAgain() {
    task.stop();
    unreported.clear();
    transactions.clear();
    task = tasks.apply(new Stored());
  }

  /** All records in the topics. */
  List<SourceRecord> records() {
    return topics;
  }

  /** The same without those that a restart may bring again. */
  List<SourceRecord> certain() {
    return topics.stream().filter(record -> !beyondFlush.contains(record)).toList();
  }

  @Override
  public void close() {
    task.stop();
  }

  private final class Stored implements OffsetStorageReader {

    @Override
    public <T> Map<String, Object> offset(Map<String, T> partition) {
      return offsets.get(partition);
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(
        Collection<Map<String, T>> partitions) {
      Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
      partitions.forEach(partition -> found.put(partition, offsets.get(partition)));
      return found;
    }
  }
}
