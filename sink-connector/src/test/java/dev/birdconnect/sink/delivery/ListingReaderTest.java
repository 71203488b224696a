package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.Sends.P0;
import static dev.birdconnect.sink.delivery.Sends.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.message.UnreadableEntry;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.sink.reconcile.ListDirection;
import dev.birdconnect.sink.reconcile.Listing;
import dev.birdconnect.sink.reconcile.ListingLimits;
import dev.birdconnect.sink.reconcile.Questions;
import dev.birdconnect.sink.reconcile.Reading;
import dev.birdconnect.sink.reconcile.SeenPage;
import dev.birdconnect.sink.reconcile.Takeover;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The calls of a listing, one after another. */
class ListingReaderTest {

  private static final Reason WHY = Reason.of("it is down");

  private final FakeTimer timer = new FakeTimer();
  private final List<ListQuery> asked = new ArrayList<>();
  private final List<ListingReader.Result> results = new ArrayList<>();

  /** Begins to read a list whose calls are answered so, by their number, from 1 on. */
  private ListingReader read(IntFunction<ReadOutcome<MessagePage>> answers) {
    UnusedApi api =
        new UnusedApi() {
          @Override
          public ApiCall<ReadOutcome<MessagePage>> messages(
              ChannelAddress address, ListQuery query) {
            asked.add(query);
            return ended(answers.apply(asked.size()));
          }
        };
    ListingReader reader = reader(api, listing());
    reader.start();
    return reader;
  }

  private ListingReader reader(ChannelsApi api, Reading reading) {
    return new ListingReader(
        api,
        timer,
        new RetrySchedule(Duration.ofMillis(100), Duration.ofSeconds(30), () -> 1.0),
        send(P0, 5, "k").address(),
        reading,
        results::add);
  }

  private static Listing listing() {
    return new Listing(
        "n",
        new ListingLimits(100_000, Duration.ZERO),
        ListDirection.DEFAULT,
        new Questions(List.of(), List.of(new Takeover(P0, 5, Optional.empty(), false))));
  }

  private static ReadOutcome<MessagePage> page(Optional<String> next) {
    return new ReadOutcome.Found<>(new MessagePage(List.of(), next), Optional.empty());
  }

  private static ReadOutcome<MessagePage> unavailable() {
    return new ReadOutcome.Unavailable<>(WHY, Optional.empty());
  }

  private void assertMade() {
    assertThat(results).singleElement().isInstanceOf(ListingReader.Made.class);
  }

  /** Each page is there at once, and there are more of them than a thread's stack could hold. */
  @Test
  void pagesThatComeAtOnceDoNotNest() {
    read(number -> page(number < 50_000 ? Optional.of("t") : Optional.empty()));
    assertMade();
    assertThat(asked).hasSize(50_000);
  }

  @Test
  void aPageThatCannotBeReadIsAskedForAgainWithoutLimitAtMostTwoSecondsApart() {
    read(
        number ->
            number > 1_000
                ? page(Optional.empty())
                : number % 2 == 0 ? unavailable() : new ReadOutcome.Unreadable<>(WHY));
    for (Duration wait :
        List.of(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400))) {
      int before = asked.size();
      timer.advance(wait.minusMillis(1));
      assertThat(asked).hasSize(before);
      timer.advance(Duration.ofMillis(1));
      assertThat(asked).hasSize(before + 1);
    }
    timer.advance(Duration.ofSeconds(2 * 1_000));

    assertMade();
    assertThat(asked).hasSize(1_001);
  }

  @Test
  void theWaitTheApiAsksForCountsWhenItIsLonger() {
    read(
        number ->
            number == 1
                ? new ReadOutcome.Unavailable<>(WHY, Optional.of(Duration.ofSeconds(9)))
                : page(Optional.empty()));
    timer.advance(Duration.ofMillis(8_999));
    assertThat(asked).hasSize(1);
    timer.advance(Duration.ofMillis(1));
    assertMade();
  }

  @Test
  void aPageThatIsReadEndsTheWaits() {
    read(number -> number % 4 == 0 ? page(Optional.of("t")) : unavailable());
    timer.advance(Duration.ofMillis(700));
    assertThat(asked).as("three failures, a page, a failure").hasSize(5);
    timer.advance(Duration.ofMillis(100));
    assertThat(asked).as("the first wait again").hasSize(6);
  }

  @Test
  void aRefusedTokenStartsTheListAgain() {
    read(
        number ->
            switch (number) {
              case 1 -> page(Optional.of("t"));
              case 2 -> new ReadOutcome.Refused<>(WHY);
              default -> page(Optional.empty());
            });
    assertMade();
    assertThat(asked)
        .extracting(ListQuery::pageToken)
        .containsExactly(Optional.empty(), Optional.of("t"), Optional.empty());
  }

  @Test
  void aListThatIsRefusedWithoutATokenIsNotAllowed() {
    read(number -> new ReadOutcome.Refused<>(WHY));
    assertThat(results).containsExactly(new ListingReader.NotAllowed(WHY));
  }

  @Test
  void aMissingChannelHasNoMessages() {
    read(number -> new ReadOutcome.Missing<>(WHY));
    assertThat(results).containsExactly(new ListingReader.NoChannel());
  }

  @Test
  void aLineNamesTheFirstEntryThatCannotBeReadAndNoOther() {
    List<String> lines;
    try (LoggedLines logged = new LoggedLines()) {
      read(number -> unreadableEntries(number, number < 3 ? Optional.of("t") : Optional.empty()));
      lines = logged.lines();
    }
    assertMade();
    assertThat(lines)
        .filteredOn(line -> line.contains("cannot be read"))
        .singleElement()
        .asString()
        .contains("WARN", "id m1", "it is broken");
  }

  private static ReadOutcome<MessagePage> unreadableEntries(int number, Optional<String> next) {
    return new ReadOutcome.Found<>(
        new MessagePage(
            List.of(),
            List.of(
                new UnreadableEntry(
                    0,
                    "it is broken",
                    JsonNodeFactory.instance.objectNode().put("id", "m" + number))),
            next),
        Optional.empty());
  }

  @Test
  void aLineSaysOnceThatPagesCannotBeReadNow() {
    List<String> lines;
    try (LoggedLines logged = new LoggedLines()) {
      read(number -> number < 5 ? unavailable() : page(Optional.empty()));
      timer.advance(Duration.ofSeconds(10));
      lines = logged.lines();
    }
    assertMade();
    assertThat(lines)
        .filteredOn(line -> line.contains("cannot be read now"))
        .singleElement()
        .asString()
        .contains("WARN", "it is down");
  }

  /** A page that the test gives, or not. */
  private static final class Page implements ApiCall<ReadOutcome<MessagePage>> {
    private final CompletableFuture<ReadOutcome<MessagePage>> outcome = new CompletableFuture<>();
    private boolean cancelled;

    @Override
    public CompletionStage<ReadOutcome<MessagePage>> outcome() {
      return outcome;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private ChannelsApi answering(Supplier<Page> pages) {
    return new UnusedApi() {
      @Override
      public ApiCall<ReadOutcome<MessagePage>> messages(ChannelAddress address, ListQuery query) {
        asked.add(query);
        return pages.get();
      }
    };
  }

  @Test
  void aCallUnderWayIsCancelledAndItsAnswerIsNobodys() {
    Page page = new Page();
    ListingReader reader = reader(answering(() -> page), listing());
    reader.start();
    assertThat(page.cancelled).isFalse();

    reader.cancel();
    page.outcome.complete(page(Optional.empty()));

    assertThat(page.cancelled).isTrue();
    assertThat(asked).hasSize(1);
    assertThat(results).isEmpty();
  }

  @Test
  void soIsACallThatIsOnlyJustMade() {
    Page page = new Page();
    List<ListingReader> readers = new ArrayList<>();
    readers.add(
        reader(
            answering(
                () -> {
                  readers.get(0).cancel();
                  return page;
                }),
            listing()));
    readers.get(0).start();
    assertThat(page.cancelled).isTrue();
  }

  @Test
  void anErrorOfOurOwnEndsIt() {
    RuntimeException error = new IllegalStateException("ours");
    reader(
            answering(
                () -> {
                  throw error;
                }),
            listing())
        .start();
    Page broken = new Page();
    broken.outcome.completeExceptionally(error);
    reader(answering(() -> broken), listing()).start();
    Page fine = new Page();
    fine.outcome.complete(page(Optional.empty()));
    Reading failing =
        new Reading() {
          @Override
          public Optional<ListQuery> begin() {
            return Optional.of(ListQuery.first(1));
          }

          @Override
          public Optional<ListQuery> read(
              ListQuery query, SeenPage page, Optional<Instant> serverTime, long receivedAt) {
            throw error;
          }
        };
    reader(answering(() -> fine), failing).start();

    assertThat(results)
        .containsExactly(
            new ListingReader.Broken(error),
            new ListingReader.Broken(error),
            new ListingReader.Broken(error));
  }

  @Test
  void afterItIsCancelledNothingIsAskedAndNothingTold() {
    ListingReader reader = read(number -> unavailable());
    reader.cancel();
    timer.advance(Duration.ofMinutes(1));
    assertThat(asked).hasSize(1);
    assertThat(results).isEmpty();
  }
}
