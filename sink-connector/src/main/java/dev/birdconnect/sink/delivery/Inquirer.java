package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.Complaint;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.sink.config.DoubtPolicy;
import dev.birdconnect.sink.reconcile.Findings;
import dev.birdconnect.sink.reconcile.ListDirection;
import dev.birdconnect.sink.reconcile.Listing;
import dev.birdconnect.sink.reconcile.Reading;
import dev.birdconnect.sink.reconcile.SeenPage;
import dev.birdconnect.sink.reconcile.Sighting;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the listings that answer inquiries, and remembers in which order each channel's list comes.
 *
 * @param <R> the record
 */
final class Inquirer<R> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Inquirer.class);

  /**
   * Answers that concern the channel: its id has no sense (400, 422), or the rights on it (403).
   */
  private static final Set<Integer> OF_ONE_CHANNEL = Set.of(400, 403, 422);

  /**
   * Takes the answer to an inquiry, or the reason why the task has to stop, one of them, once; and
   * what pages show.
   */
  interface Listener<R> {
    void answered(Inquiry<R> inquiry, Findings findings);

    /** Is shown the messages of a page, where there are batches. */
    void saw(ChannelAddress address, List<Sighting> sightings);

    /** Makes a step of a sweep with delivery's lock held. */
    Optional<ListQuery> read(Supplier<Optional<ListQuery>> step);

    /** A sweep is over. */
    void swept(Sweep<R> sweep);

    void failed(Failure failure);
  }

  private static final int MOST_DIRECTIONS = 1_000;

  private final ChannelsApi api;
  private final Timer timer;
  private final RetrySchedule schedule;
  private final DoubtRules rules;
  private final boolean batches;
  private final DeliveryObserver<R> observer;
  private final Listener<R> listener;
  private final Map<ChannelAddress, ListDirection> directions = new RecentMap<>(MOST_DIRECTIONS);
  private final Set<ListingReader> underWay = new HashSet<>();
  private boolean closed;

  Inquirer(
      ChannelsApi api,
      Timer timer,
      RetrySchedule schedule,
      DoubtRules rules,
      boolean batches,
      DeliveryObserver<R> observer,
      Listener<R> listener) {
    this.api = api;
    this.timer = timer;
    this.schedule = schedule;
    this.rules = rules;
    this.batches = batches;
    this.observer = observer;
    this.listener = listener;
  }

  /** Begins the listing for an inquiry. */
  void begin(Inquiry<R> inquiry) {
    if (!inquiry.doubts().isEmpty()) {
      LOG.info(
          "The outcome of {} sends is unknown; they are looked up in the list of channel {}. The"
              + " first one has the reference {}.",
          inquiry.doubts().size(),
          inquiry.address().channelId(),
          inquiry.doubts().get(0).send().reference());
    }
    start(new Running(inquiry).reader);
  }

  /** Begins a sweep. */
  void begin(Sweep<R> sweep) {
    sweep.direction(direction(sweep.address()));
    start(new RunningSweep(sweep).reader);
  }

  private void start(ListingReader reader) {
    synchronized (this) {
      if (closed) {
        return;
      }
      underWay.add(reader);
    }
    reader.start();
  }

  private synchronized void ended(
      ListingReader reader, ChannelAddress address, ListDirection direction) {
    underWay.remove(reader);
    if (direction != ListDirection.UNKNOWN) {
      directions.put(address, direction);
    }
  }

  private final class RunningSweep {
    private final Sweep<R> sweep;
    private final ListingReader reader;

    RunningSweep(Sweep<R> sweep) {
      this.sweep = sweep;
      Reading guarded =
          new Reading() {
            @Override
            public Optional<ListQuery> begin() {
              return listener.read(sweep::begin);
            }

            @Override
            public Optional<ListQuery> read(
                ListQuery query, SeenPage page, Optional<Instant> serverTime, long receivedAt) {
              return listener.read(() -> sweep.read(query, page, serverTime, receivedAt));
            }
          };
      this.reader = new ListingReader(api, timer, schedule, sweep.address(), guarded, this::over);
    }

    /** What could not be read leaves its questions to an inquiry. */
    private void over(ListingReader.Result result) {
      ended(reader, sweep.address(), sweep.direction());
      observer.swept(sweep.pages());
      if (result instanceof ListingReader.Broken broken) {
        listener.failed(Failure.unexpected(broken.cause()));
      } else {
        listener.swept(sweep);
      }
    }
  }

  private synchronized ListDirection direction(ChannelAddress address) {
    return directions.getOrDefault(address, ListDirection.UNKNOWN);
  }

  private final class Running {
    private final Inquiry<R> inquiry;
    private final Listing listing;
    private final ListingReader reader;

    Running(Inquiry<R> inquiry) {
      this.inquiry = inquiry;
      this.listing =
          new Listing(
              rules.namespace(),
              rules.limits(),
              direction(inquiry.address()),
              inquiry.questions(),
              sightings -> {
                if (batches) {
                  listener.saw(inquiry.address(), sightings);
                }
              });
      this.reader = new ListingReader(api, timer, schedule, inquiry.address(), listing, this::over);
    }

    private void over(ListingReader.Result result) {
      ended(reader, inquiry.address(), listing.direction());
      if (result instanceof ListingReader.Made) {
        Findings findings = listing.findings();
        log(findings);
        observer.listed(findings.pages());
        listener.answered(inquiry, findings);
      } else if (result instanceof ListingReader.NoChannel) {
        listener.answered(inquiry, Findings.ofMissingChannel(inquiry.questions()));
      } else if (result instanceof ListingReader.NotAllowed refused) {
        if (rules.policy() == DoubtPolicy.SEND || concernsRecordsOnly(refused.reason())) {
          LOG.warn(
              "The list of channel {} may not be read, so its records are in doubt: {}.",
              inquiry.address().channelId(),
              refused.reason());
          listener.answered(inquiry, Findings.ofUnreadableList(inquiry.questions()));
        } else {
          listener.failed(Failure.listNotReadable(inquiry.address(), refused.reason().sentence()));
        }
      } else if (result instanceof ListingReader.Broken broken) {
        listener.failed(Failure.unexpected(broken.cause()));
      }
    }

    /** A channel that records name themselves must not stop the others; a wrong key does. */
    private boolean concernsRecordsOnly(Reason reason) {
      int status = reason.complaint().map(Complaint::status).orElse(0);
      return !inquiry.configured() && OF_ONE_CHANNEL.contains(status);
    }

    private void log(Findings findings) {
      LOG.info(
          "{} pages of the list of channel {} were read: of {} sends whose outcome was unknown {}"
              + " were made, {} remain in doubt; {} partitions were taken over.",
          findings.pages(),
          inquiry.address().channelId(),
          inquiry.doubts().size(),
          findings.found().size(),
          findings.open().size(),
          inquiry.takeovers().size());
    }
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    Set<ListingReader> cancelled;
    synchronized (this) {
      closed = true;
      cancelled = Set.copyOf(underWay);
      underWay.clear();
    }
    cancelled.forEach(ListingReader::cancel);
  }
}
