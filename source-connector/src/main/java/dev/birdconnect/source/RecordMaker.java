package dev.birdconnect.source;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Turns what was found into records on a thread of its own, one batch ahead: the worker converts
 * and sends one batch on the task's thread while the next one is made. Used from the task's thread,
 * closed from any.
 */
final class RecordMaker implements AutoCloseable {

  private final ExecutorService thread;
  private Optional<Future<List<SourceRecord>>> ahead = Optional.empty();

  /**
   * @param threadName the name of its thread
   */
  RecordMaker(String threadName) {
    thread = Executors.newSingleThreadExecutor(action -> new Thread(action, threadName));
  }

  /** Begins to make a batch; the last one has been taken. */
  void begin(List<Supplier<SourceRecord>> found) {
    try {
      ahead = Optional.of(thread.submit(() -> made(found)));
    } catch (RejectedExecutionException e) {
      ahead = Optional.empty();
    }
  }

  /** The batch that was begun, as soon as it is made; empty where none was begun. */
  List<SourceRecord> take() throws InterruptedException {
    if (ahead.isEmpty()) {
      return List.of();
    }
    Future<List<SourceRecord>> batch = ahead.get();
    ahead = Optional.empty();
    try {
      return batch.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("A record could not be made.", e.getCause());
    }
  }

  /** Makes a batch at once. */
  static List<SourceRecord> made(List<Supplier<SourceRecord>> found) {
    return found.stream().map(Supplier::get).toList();
  }

  /** Begins no further batch and ends the thread when the present one is made. */
  @Override
  public void close() {
    thread.shutdown();
  }
}
