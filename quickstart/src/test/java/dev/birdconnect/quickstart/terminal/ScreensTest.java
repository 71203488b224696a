package dev.birdconnect.quickstart.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.quickstart.evidence.DeliveryTimes;
import dev.birdconnect.quickstart.evidence.Progress;
import dev.birdconnect.quickstart.evidence.Spread;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ScreensTest {

  private static final Progress HALF_WAY = new Progress(200, 100, 95, 3, 60, 4, 1, 40, 170);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void thePlainScreenWritesOneLineASecondAndNoControlCharacters() {
    Screen screen = new PlainScreen(out, nanos::get);
    screen.progress(HALF_WAY, List.of());
    nanos.addAndGet(500_000_000);
    screen.progress(new Progress(200, 120, 110, 3, 60, 4, 1, 40, 170), List.of("unseen yet"));
    assertThat(written().lines())
        .containsExactly(
            "  produced 100, accepted 95, dead letters 3, delivered 60, failed 4, replies 1"
                + " | bird.messages 40, bird.statuses 170");

    nanos.addAndGet(500_000_000);
    screen.progress(new Progress(200, 130, 120, 3, 60, 4, 1, 40, 170), List.of());
    assertThat(written()).contains("produced 130").contains("unseen yet").doesNotContain("\u001b");
  }

  @Test
  void thePlainScreenShowsTheLastNewsAndCountsTheOthers() {
    Screen screen = new PlainScreen(out, nanos::get);
    screen.progress(HALF_WAY, List.of("one", "two", "three", "four", "five"));
    assertThat(written()).contains("three", "four", "five", "(and 2 more)").doesNotContain("one\n");
  }

  @Test
  void theTerminalDrawsItsPanelAgainInPlace() {
    Screen screen = new AnsiScreen(out, nanos::get);
    screen.progress(HALF_WAY, List.of());
    long lines = written().chars().filter(c -> c == '\n').count();
    nanos.addAndGet(1_000_000_000);
    screen.progress(HALF_WAY, List.of("news"));

    assertThat(written()).contains("\u001b[" + lines + "A").contains("news");
  }

  @Test
  void aFullBarIsFullAndAnEmptyOneEmpty() {
    Screen screen = new AnsiScreen(out, nanos::get);
    screen.progress(new Progress(200, 200, 0, 0, 0, 0, 0, 0, 0), List.of());
    assertThat(written().lines().filter(line -> line.contains("records produced")))
        .singleElement()
        .asString()
        .contains("█".repeat(32))
        .doesNotContain("·");
    assertThat(written().lines().filter(line -> line.contains("delivered")))
        .singleElement()
        .asString()
        .contains("·".repeat(32))
        .doesNotContain("█");
  }

  @Test
  void theSummaryHoldsEveryNumber() {
    List<String> lines =
        SummaryTable.lines(
            new Progress(200, 200, 195, 5, 187, 8, 3, 198, 731),
            new Spread(Duration.ofMillis(31), Duration.ofMillis(240)),
            new Spread(Duration.ofMillis(1_540), Duration.ofMillis(3_000)),
            List.of(
                new DeliveryTimes(
                    "1a5d3b8f-7c2e-4d40-8b68-3e9f2c8d6b11",
                    187,
                    Duration.ofMillis(1_540),
                    Duration.ofMillis(2_900),
                    Duration.ofMillis(3_010))),
            Duration.ofMillis(11_270),
            Duration.ofMillis(18_000));

    assertThat(lines.stream().map(line -> line.strip().replaceAll(" {2,}", ": ")))
        .contains(
            "Records in: 200",
            "Accepted by the API: 195",
            "Rejected to the dead letter topic: 5",
            "Delivered: 187",
            "Failed: 8",
            "Replies of customers: 3",
            "Messages seen on bird.messages: 198",
            "Statuses seen on bird.statuses: 731",
            "From record to acceptance: median 31 ms, longest 240 ms",
            "From record to delivery: median 1.5 s, longest 3.0 s",
            "1a5d3b8f-7c2e-4d40-8b68-3e9f2c8d6b11: 187 orders, median 1.5 s, 95% 2.9 s,"
                + " longest 3.0 s",
            "From first record to last event: 11.3 s",
            "In all, start of the cluster included: 18.0 s");
  }

  @Test
  void aLongSentenceIsBrokenBetweenWords() {
    List<String> lines = Wrapped.lines("word ".repeat(50), "- ", "  ");

    assertThat(lines).hasSize(3).allMatch(line -> line.length() <= 100);
    assertThat(lines.get(0)).startsWith("- word word");
    assertThat(lines.get(1)).startsWith("  word");
    assertThat(String.join(" ", lines).split("word", -1)).hasSize(51);
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
