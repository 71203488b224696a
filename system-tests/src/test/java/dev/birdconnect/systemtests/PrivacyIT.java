package dev.birdconnect.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.fault.FaultRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;

/** Everything every logger says at its finest level, searched for private data. */
class PrivacyIT {

  /**
   * Connect and Kafka themselves print records, and the HTTP server (the worker's and the
   * simulator's, in this process) prints requests, when they are told to log at this level. No
   * plugin can change that; it is documented in {@code docs/operations.md}.
   */
  private static final List<String> NOT_OURS =
      List.of("org.apache.kafka.", "org.eclipse.jetty.", "kafka.");

  private static final String MAIL = "ann.example@mail.example.org";
  private static final String PROXY_FREE_KEY = SimulatorSettings.DEMO_ACCESS_KEY;
  private static final List<String> PRIVATE =
      List.of(
          PROXY_FREE_KEY, "+3160", "3160100", MAIL, "ann.example", "is on its way", "Order number");

  private final Map<String, String> leaks = new ConcurrentHashMap<>();
  private final Set<String> heard = new ConcurrentSkipListSet<>();

  private void look(String logger, String text) {
    heard.add(logger);
    for (String secret : PRIVATE) {
      if (text.contains(secret)) {
        leaks.putIfAbsent(logger, secret);
      }
    }
  }

  private final class Searcher extends AbstractAppender {
    Searcher() {
      super("searcher", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      StringBuilder text = new StringBuilder(event.getMessage().getFormattedMessage());
      for (Throwable cause = event.getThrown(); cause != null; cause = cause.getCause()) {
        text.append('\n').append(cause);
      }
      look(event.getLoggerName(), text.toString());
    }
  }

  private final class JulSearcher extends Handler {
    @Override
    public void publish(LogRecord event) {
      look(String.valueOf(event.getLoggerName()), event.getMessage() + event.getThrown());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void noLogHoldsKeyNumberAddressOrBody() {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    Searcher searcher = new Searcher();
    searcher.start();
    java.util.logging.Logger jul = java.util.logging.Logger.getLogger("");
    JulSearcher julSearcher = new JulSearcher();
    julSearcher.setLevel(java.util.logging.Level.ALL);
    context.getConfiguration().getRootLogger().addAppender(searcher, Level.ALL, null);
    jul.addHandler(julSearcher);
    jul.setLevel(java.util.logging.Level.ALL);
    Configurator.setAllLevels("", Level.ALL);
    try {
      run();
    } finally {
      Configurator.setAllLevels("", Level.WARN);
      jul.removeHandler(julSearcher);
      context.getConfiguration().getRootLogger().removeAppender("searcher");
    }

    assertThat(heard).anyMatch(logger -> logger.startsWith("dev.birdconnect.sink"));
    assertThat(heard).anyMatch(logger -> logger.startsWith("dev.birdconnect.source"));
    Set<String> ours = new TreeSet<>(leaks.keySet());
    ours.removeIf(logger -> NOT_OURS.stream().anyMatch(logger::startsWith));
    assertThat(ours).as("loggers that told something private: %s", leaks).isEmpty();
  }

  /** Good and bad records, throttling, lost answers, a wrong key, a task that fails. */
  private static void run() {
    try (ConnectStack stack = ConnectStack.start(SimulatorSettings.demo().withoutRateLimits())) {
      stack.simulator().inject(FaultRule.tooManyRequests().withProbability(0.1, 7));
      stack.createTopic("orders", 1);
      stack.createConnector("bird-source", stack.sourceSettings("bird"));
      stack.createConnector("bird-sink", stack.sinkSettings("orders"));
      for (int i = 0; i < 60; i++) {
        String value =
            switch (i % 4) {
              case 0 -> Orders.unknownField(i, i);
              case 1 -> Orders.badTag(i, i);
              case 2 -> Orders.good(i, i).replace("phonenumber", MAIL);
              default -> Orders.good(i, i);
            };
        var unused = stack.produce("orders", 0, Orders.key(i), value);
      }
      var unused = stack.produce("orders", 0, MAIL, "{\"receiver\": \"+3160\", no json");
      stack.flush();
      await().atMost(ConnectStack.PATIENCE).until(() -> stack.count("orders.dead-letters") >= 31);
      int made = 30;
      await().atMost(ConnectStack.PATIENCE).until(() -> stack.simulator().size() == made);
      await()
          .atMost(ConnectStack.PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> stack.count("bird.statuses") >= made);

      stack.simulator().inject(FaultRule.doneThenError().next(1).onMethod("POST"));
      var lost = stack.produce("orders", 0, Orders.key(1), Orders.good(1_000, 1));
      var after = stack.produce("orders", 0, Orders.key(1), Orders.good(1_001, 1));
      await().atMost(ConnectStack.PATIENCE).until(() -> stack.simulator().size() == made + 2);
      assertThat(lost.isDone() && after.isDone()).isTrue();

      stack.simulator().inject(FaultRule.answer(401).next(1).onMethod("POST"));
      var last = stack.produce("orders", 0, Orders.key(1), Orders.good(1_002, 1));
      String trace = stack.awaitTaskFailure("bird-sink");
      assertThat(last.isDone()).isTrue();
      assertThat(trace).doesNotContain("+3160", "is on its way", PROXY_FREE_KEY);

      Map<String, String> wrongKey = stack.sinkSettings("orders");
      wrongKey.put("name", "wrong");
      wrongKey.put("bird.access.key", "key-with-3160100-inside");
      stack
          .connect()
          .validateConnectorConfig(wrongKey.get("connector.class"), wrongKey)
          .configs()
          .forEach(
              info -> assertThat(info.configValue().errors().toString()).doesNotContain("3160100"));
      await().atMost(Duration.ofSeconds(30)).until(() -> stack.connect().connectors().size() == 2);
    }
  }
}
