package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.Complaint;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.sink.config.DoubtPolicy;
import dev.birdconnect.sink.reconcile.Findings;
import dev.birdconnect.sink.reconcile.ListDirection;
import dev.birdconnect.sink.reconcile.Listing;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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

  /** Takes the answer to an inquiry, or the reason why the task has to stop; one of them, once. */
  interface Listener<R> {
    void answered(Inquiry<R> inquiry, Findings findings);

    void failed(Failure failure);
  }

  private final ChannelsApi api;
  private final Timer timer;
  private final RetrySchedule schedule;
  private final DoubtRules rules;
  private final DeliveryObserver<R> observer;
  private final Listener<R> listener;
  private final Map<ChannelAddress, ListDirection> directions = new HashMap<>();
  private final Set<ListingReader> underWay = new HashSet<>();
  private boolean closed;

  Inquirer(
      ChannelsApi api,
      Timer timer,
      RetrySchedule schedule,
      DoubtRules rules,
      DeliveryObserver<R> observer,
      Listener<R> listener) {
    this.api = api;
    this.timer = timer;
    this.schedule = schedule;
    this.rules = rules;
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
    Running running = new Running(inquiry);
    synchronized (this) {
      if (closed) {
        return;
      }
      underWay.add(running.reader);
    }
    running.reader.start();
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
              rules.namespace(), rules.limits(), direction(inquiry.address()), inquiry.questions());
      this.reader =
          new ListingReader(api, timer, schedule, inquiry.address(), listing, this::ended);
    }

    private void ended(ListingReader.Result result) {
      synchronized (Inquirer.this) {
        underWay.remove(reader);
        directions.put(inquiry.address(), listing.direction());
      }
      if (result instanceof ListingReader.Made made) {
        log(made.findings());
        observer.listed(made.findings().pages());
        listener.answered(inquiry, made.findings());
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
