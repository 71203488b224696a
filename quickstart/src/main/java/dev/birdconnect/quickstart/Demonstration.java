package dev.birdconnect.quickstart;

import dev.birdconnect.quickstart.evidence.Checker;
import dev.birdconnect.quickstart.evidence.DeadLetter;
import dev.birdconnect.quickstart.evidence.EvidenceBook;
import dev.birdconnect.quickstart.flow.OrderProducer;
import dev.birdconnect.quickstart.flow.SimulatedBird;
import dev.birdconnect.quickstart.flow.TopicReader;
import dev.birdconnect.quickstart.orders.OrderNotification;
import dev.birdconnect.quickstart.orders.OrderNotifications;
import dev.birdconnect.quickstart.terminal.Screen;
import dev.birdconnect.quickstart.terminal.SummaryTable;
import dev.birdconnect.quickstart.terminal.Wrapped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** One run: start, send, watch, sum up, check. */
final class Demonstration {

  /** How fast records are written. */
  private static final int RECORDS_PER_SECOND = 70;

  private static final Duration LONGEST_SPREAD = Duration.ofSeconds(3);

  /** Time for the run apart from writing: source's overlap, statuses, slow machines. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Time that each record adds, far above what it takes. */
  private static final Duration PATIENCE_PER_RECORD = Duration.ofMillis(10);

  /** Nothing new for so long, more than a poll of the source, and the run has ended. */
  private static final Duration QUIET = Duration.ofMillis(1_500);

  private static final List<String> REPLIES =
      List.of("Thank you!", "Can you come after 17:00?", "Please leave it at the door.");

  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration BETWEEN_LISTS = Duration.ofMillis(250);
  private static final Duration BETWEEN_STATES = Duration.ofSeconds(1);
  private static final int FINDINGS_SHOWN = 12;

  private final Settings settings;
  private final Screen screen;
  private final Stopwatch total = new Stopwatch();

  Demonstration(Settings settings, Screen screen) {
    this.settings = settings;
    this.screen = screen;
  }

  /**
   * Runs it.
   *
   * @return whether everything was as it has to be
   * @throws InterruptedException when the user ended it
   */
  boolean run() throws InterruptedException {
    screen.say("kafka-connect-bird: from a Kafka topic to customers and back, in one JVM");
    screen.say("");
    Resources resources = new Resources();
    try {
      LocalStack stack = resources.add(LocalStack.start(settings, this::step));
      EvidenceBook book = new EvidenceBook(settings.records());
      TopicReader reader =
          resources.add(new TopicReader(stack.bootstrapServers(), stack.topics(), book));
      boolean good = demonstrate(stack, book, reader);
      if (settings.stay()) {
        stay(stack, reader);
      }
      return good;
    } finally {
      resources.close();
    }
  }

  private boolean demonstrate(LocalStack stack, EvidenceBook book, TopicReader reader)
      throws InterruptedException {
    List<OrderNotification> orders =
        new OrderNotifications(settings.seed()).next(settings.records());
    screen.say("");
    screen.say(
        "%d order notifications go to topic %s, %d of them with a fault."
            .formatted(
                orders.size(),
                stack.topics().orders(),
                orders.stream().filter(order -> !order.sendable()).count()));
    Stopwatch flow = new Stopwatch();
    follow(stack, book, reader, orders);
    Duration flowTime = flow.elapsed().minus(QUIET);

    screen.say("");
    SummaryTable.lines(
            book.progress(),
            book.timeToAcceptance(),
            book.timeToDelivery(),
            book.deliveryTimes(),
            flowTime,
            total.elapsed())
        .forEach(screen::say);
    sayDeadLetters(book);
    return sayFindings(new Checker().findings(book.evidence()));
  }

  private void follow(
      LocalStack stack, EvidenceBook book, TopicReader reader, List<OrderNotification> orders)
      throws InterruptedException {
    SimulatedBird bird = stack.bird();
    Duration spread = spread(orders.size());
    Duration limit = spread.plus(PATIENCE).plus(PATIENCE_PER_RECORD.multipliedBy(orders.size()));
    Deque<String> replies = new ArrayDeque<>(REPLIES);
    Stopwatch elapsed = new Stopwatch();
    Stopwatch sinceNews = new Stopwatch();
    Stopwatch sinceList = new Stopwatch();
    Stopwatch sinceState = new Stopwatch();
    try (OrderProducer producer =
        new OrderProducer(
            stack.bootstrapServers(), stack.topics().orders(), orders, spread, book)) {
      while (!elapsed.passed(limit)) {
        producer.sendDue(elapsed.elapsed());
        if (elapsed.passed(spread.dividedBy(2)) && !replies.isEmpty()) {
          bird.reply("+3160000%04d".formatted(replies.size()), replies.removeFirst());
        }
        List<String> news = reader.poll(POLL);
        if (!news.isEmpty()) {
          sinceNews = new Stopwatch();
        }
        if (sinceList.passed(BETWEEN_LISTS)) {
          book.messages(bird.messages());
          sinceList = new Stopwatch();
        }
        if (sinceState.passed(BETWEEN_STATES)) {
          failWith(stack.failures());
          sinceState = new Stopwatch();
        }
        screen.progress(book.progress(), news);
        if (sinceNews.passed(QUIET) && book.complete() && reader.atEnd()) {
          break;
        }
      }
    } finally {
      screen.endProgress();
    }
    book.messages(bird.messages());
  }

  private static Duration spread(int records) {
    Duration even = Duration.ofMillis(1000L * records / RECORDS_PER_SECOND);
    return even.compareTo(LONGEST_SPREAD) < 0 ? even : LONGEST_SPREAD;
  }

  private static void failWith(List<String> failures) {
    if (!failures.isEmpty()) {
      throw new IllegalStateException(String.join(" ", failures));
    }
  }

  private void sayDeadLetters(EvidenceBook book) {
    List<DeadLetter> deadLetters = book.evidence().deadLetters();
    if (deadLetters.isEmpty()) {
      return;
    }
    screen.say("  Why records were rejected");
    for (DeadLetter deadLetter : deadLetters) {
      String order =
          book.orderAt(deadLetter.source())
              .map(OrderNotification::orderId)
              .orElse(deadLetter.source().toString());
      Wrapped.lines(order + ": " + deadLetter.reason(), "    ", "        ").forEach(screen::say);
    }
  }

  private boolean sayFindings(List<String> findings) {
    screen.say("");
    if (findings.isEmpty()) {
      screen.say(
          "Checked: every good record made exactly one message, the faulty ones and no others are");
      screen.say(
          "dead letters, each message is on its topic once, each last status is the simulator's, and");
      screen.say("the delivery tracker has timed every delivery once.");
      return true;
    }
    screen.say("Not everything went well:");
    List<String> lines = new ArrayList<>(findings);
    if (lines.size() > FINDINGS_SHOWN) {
      lines = lines.subList(0, FINDINGS_SHOWN);
      lines.add("And " + (findings.size() - FINDINGS_SHOWN) + " more of this kind.");
    }
    lines.forEach(line -> Wrapped.lines(line, "  ", "    ").forEach(screen::say));
    return false;
  }

  private void stay(LocalStack stack, TopicReader reader) {
    SimulatedBird bird = stack.bird();
    String rest = stack.restUrl();
    screen.say("");
    screen.say("Everything keeps running. To play with:");
    screen.say("  Kafka broker    " + stack.bootstrapServers());
    screen.say("  Connect REST    " + rest);
    screen.say("  Simulator       " + bird.url() + "/");
    screen.say("");
    for (String connector : stack.connectors()) {
      screen.say("  curl " + rest + "/connectors/" + connector + "/status");
    }
    bird.examples().forEach(example -> screen.say("  " + example));
    screen.say("");
    screen.say("What happens now is shown below. Ctrl-C ends it.");
    while (!Thread.currentThread().isInterrupted()) {
      reader.poll(POLL).forEach(line -> screen.say("  " + line));
    }
  }

  private void step(String part, String where) {
    screen.say(
        String.format(
            Locale.ROOT, "  %5.1f s  %-24s %s", total.elapsed().toMillis() / 1000.0, part, where));
  }
}
