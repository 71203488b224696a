package dev.birdconnect.benchmarks.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/**
 * Lets a real task make its first records, stops it, and then hands out the same ones over and over
 * until there were as many as asked for.
 */
public final class ReplayTask extends SourceTask {

  private static final String TASK = "replay.task.class";
  private static final String KEPT = "replay.kept";
  private static final String RECORDS = "replay.records";

  static final ConfigDef DEFINITION =
      new ConfigDef()
          .define(TASK, ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "The real task's class.")
          .define(KEPT, ConfigDef.Type.INT, ConfigDef.Importance.HIGH, "Records of it to keep.")
          .define(RECORDS, ConfigDef.Type.INT, ConfigDef.Importance.HIGH, "Records to hand out.");

  private static final int AT_ONCE = 1_000;
  private static final int MOST_EMPTY_POLLS = 100;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private List<SourceRecord> kept = List.of();
  private int left;
  private int next;

  @Override
  public String version() {
    return "0";
  }

  @Override
  public void start(Map<String, String> props) {
    Map<String, String> ofTask = new HashMap<>(props);
    String type = ofTask.remove(TASK);
    int wanted = Integer.parseInt(ofTask.remove(KEPT));
    left = Integer.parseInt(ofTask.remove(RECORDS));
    try {
      SourceTask task =
          Class.forName(type).asSubclass(SourceTask.class).getConstructor().newInstance();
      task.initialize(context);
      task.start(ofTask);
      kept = first(task, wanted);
      task.stop();
    } catch (ReflectiveOperationException e) {
      throw new ConnectException("The task " + type + " cannot be made.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException(e);
    }
  }

  private static List<SourceRecord> first(SourceTask task, int wanted) throws InterruptedException {
    List<SourceRecord> records = new ArrayList<>();
    int empty = 0;
    while (records.size() < wanted) {
      List<SourceRecord> found = task.poll();
      if (found != null) {
        records.addAll(found);
        for (SourceRecord record : found) {
          task.commitRecord(record, null);
        }
      } else if (++empty == MOST_EMPTY_POLLS) {
        throw new ConnectException("The task has made " + records.size() + " records only.");
      }
    }
    return List.copyOf(records.subList(0, wanted));
  }

  @Override
  public @Nullable List<SourceRecord> poll() throws InterruptedException {
    if (left == 0) {
      boolean unused = stopped.await(1, TimeUnit.SECONDS);
      return null;
    }
    int end = Math.min(kept.size(), next + Math.min(left, AT_ONCE));
    List<SourceRecord> part = kept.subList(next, end);
    left -= part.size();
    next = end % kept.size();
    return part;
  }

  @Override
  public void stop() {
    stopped.countDown();
  }
}
