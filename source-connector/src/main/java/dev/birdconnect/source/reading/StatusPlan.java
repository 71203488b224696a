package dev.birdconnect.source.reading;

import dev.birdconnect.source.status.KnownMessage;
import dev.birdconnect.source.status.ReadPlan.Due;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which reads to spend on open messages, and in what order: the one that may be expected to show
 * most changes comes first. That grows with the time a message was not read, so nothing waits for
 * ever. A page that shows several costs as much as one message, so it is taken for them. Pages that
 * are not known yet are reached by reading those above them; that way is worth what lies on it, on
 * average of its pages, as far down as makes this highest. A read that shows many messages counts
 * for a little more than their changes: so most changes wait less, and those of messages that have
 * few others near them wait longer.
 */
final class StatusPlan {

  /** What there is to read messages by. */
  enum Means {
    /** Pages, and messages one by one. */
    ALL,
    /** Pages only, whatever they cost. */
    PAGES
  }

  private static final int WORTH_A_PAGE = 2;
  private static final double FOR_COMPANY = 0.2;

  /** A read. */
  sealed interface Read {

    /** The changes that it may be expected to show, more for many messages at once. */
    double gain();
  }

  /** A page that shows several messages, or leads to them. */
  record PageRead(String token, List<KnownMessage> messages, double gain) implements Read {}

  /** One message. */
  record MessageRead(KnownMessage message, double gain) implements Read {}

  private final Signposts signposts;
  private final Map<String, String> passedBy;
  private final Means means;
  private final Optional<Signposts.WayDown> wayDown;
  private final Map<String, List<Due>> byPage = new LinkedHashMap<>();
  private final List<Due> belowWay = new ArrayList<>();
  private final List<Read> reads = new ArrayList<>();

  private StatusPlan(Signposts signposts, Map<String, String> passedBy, Means means) {
    this.signposts = signposts;
    this.passedBy = passedBy;
    this.means = means;
    this.wayDown = signposts.wayDown();
  }

  /**
   * Plans.
   *
   * @param due what is to be read
   * @param signposts the pages that are known
   * @param passedBy by ids of messages, the page that was read last for one and did not show it
   * @param means with pages only, messages are left alone that no page may be expected to show
   */
  static List<Read> of(
      List<Due> due, Signposts signposts, Map<String, String> passedBy, Means means) {
    StatusPlan plan = new StatusPlan(signposts, passedBy, means);
    due.forEach(plan::add);
    plan.byPage.forEach(plan::addPage);
    plan.wayDown.ifPresent(plan::addWayDown);
    plan.reads.sort(Comparator.comparingDouble(Read::gain).reversed());
    return plan.reads;
  }

  private void add(Due wanted) {
    Optional<String> page = page(wanted.message());
    if (page.isEmpty()) {
      addAlone(wanted);
    } else if (wayDown.filter(way -> way.token().equals(page.get())).isPresent()) {
      belowWay.add(wanted);
    } else {
      byPage.computeIfAbsent(page.get(), token -> new ArrayList<>()).add(wanted);
    }
  }

  private Optional<String> page(KnownMessage message) {
    Instant createdAt = Instant.ofEpochMilli(message.createdAtMillis());
    Optional<String> passed = Optional.ofNullable(passedBy.get(message.id()));
    if (means == Means.PAGES) {
      return passed
          .map(token -> signposts.leadingTo(createdAt, token))
          .orElseGet(() -> signposts.leadingTo(createdAt));
    }
    return passed.isPresent() ? Optional.empty() : signposts.showing(createdAt);
  }

  private static double gain(double changes, double messages) {
    return changes * Math.pow(messages, FOR_COMPANY);
  }

  private void addAlone(Due wanted) {
    reads.add(new MessageRead(wanted.message(), wanted.changes()));
  }

  private void addPage(String token, List<Due> shown) {
    if (means == Means.ALL && shown.size() < WORTH_A_PAGE) {
      shown.forEach(this::addAlone);
      return;
    }
    reads.add(
        new PageRead(
            token,
            shown.stream().map(Due::message).toList(),
            gain(shown.stream().mapToDouble(Due::changes).sum(), shown.size())));
  }

  /** The way down to the messages below it, next to reading these one by one. */
  private void addWayDown(Signposts.WayDown way) {
    belowWay.sort(
        Comparator.comparingLong((Due wanted) -> wanted.message().createdAtMillis()).reversed());
    int count = 0;
    double sum = 0;
    double best = 0;
    double single = 0;
    for (Due wanted : belowWay) {
      if (means == Means.ALL) {
        addAlone(wanted);
        single = Math.max(single, wanted.changes());
      }
      count++;
      sum += wanted.changes();
      double pages = pagesTo(way, wanted);
      best = Math.max(best, gain(sum / pages, count / pages));
    }
    if (best > single) {
      reads.add(new PageRead(way.token(), belowWay.stream().map(Due::message).toList(), best));
    }
  }

  private double pagesTo(Signposts.WayDown way, Due wanted) {
    long span = Math.max(1, signposts.span().toMillis());
    long distance = way.below().toEpochMilli() - wanted.message().createdAtMillis();
    return Math.ceil(Math.max(1, distance) / (double) span);
  }
}
