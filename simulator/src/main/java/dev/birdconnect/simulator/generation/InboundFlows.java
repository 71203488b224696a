package dev.birdconnect.simulator.generation;

import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The flows of incoming messages, one a channel at most. Owns one thread, named {@code
 * simulator-inbound}, which looks at the simulator's clock and makes what is due.
 */
public final class InboundFlows implements AutoCloseable {
  private static final long LOOK_EVERY_MILLIS = 10;
  private static final long MOST_AT_ONCE = 10_000;
  private static final double MILLIS_PER_SECOND = 1000;

  /** Takes in a message from a contact. */
  public interface Arrivals {
    /** A contact sends a text to a channel. */
    void receive(UUID channelId, String from, String text);
  }

  private final class Running {
    private final InboundFlow flow;
    private final long startedAtMillis = clock.millis();
    private final SplittableRandom random;
    private long made;

    Running(InboundFlow flow) {
      this.flow = flow;
      this.random = new SplittableRandom(flow.seed());
    }

    /** Makes what is due; false when no more will be. */
    boolean flow() {
      double elapsed = (clock.millis() - startedAtMillis) / MILLIS_PER_SECOND;
      long most = flow.count().isPresent() ? flow.count().getAsInt() : Long.MAX_VALUE;
      long due = Math.min(most, (long) (elapsed * flow.perSecond()));
      for (long i = 0; i < MOST_AT_ONCE && made < due; i++) {
        String from = String.format(Locale.ROOT, "+3162%07d", random.nextInt(flow.contacts()));
        arrivals.receive(flow.channelId(), from, "Incoming message " + ++made);
      }
      return made < most;
    }
  }

  private final Clock clock;
  private final Arrivals arrivals;
  private final Map<UUID, Running> running = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "simulator-inbound");
            thread.setDaemon(true);
            return thread;
          });

  /** No flow yet. */
  public InboundFlows(Clock clock, Arrivals arrivals) {
    this.clock = clock;
    this.arrivals = arrivals;
    var unused =
        timer.scheduleWithFixedDelay(
            this::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Starts a flow in place of the one that the channel may have. */
  public void start(InboundFlow flow) {
    running.put(flow.channelId(), new Running(flow));
  }

  /** Stops the flow of a channel; false when it has none. */
  public boolean stop(UUID channelId) {
    return running.remove(channelId) != null;
  }

  private void look() {
    running.forEach(
        (channelId, flow) -> {
          if (!flow.flow()) {
            running.remove(channelId, flow);
          }
        });
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
