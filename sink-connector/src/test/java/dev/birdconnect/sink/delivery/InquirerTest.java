package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.Sends.P0;
import static dev.birdconnect.sink.delivery.Sends.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.Complaint;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.sink.reconcile.EarlierSends.Finding;
import dev.birdconnect.sink.reconcile.Findings;
import dev.birdconnect.sink.reconcile.ListDirection;
import dev.birdconnect.sink.reconcile.Listing;
import dev.birdconnect.sink.reconcile.ListingLimits;
import dev.birdconnect.sink.reconcile.Questions;
import dev.birdconnect.sink.reconcile.Sighting;
import dev.birdconnect.sink.reconcile.Takeover;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A list that may not be read. */
class InquirerTest {

  private final List<Findings> answers = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();

  private void ask(AddressOrigin origin, int status) {
    ReadOutcome<MessagePage> denied =
        new ReadOutcome.Denied<>(
            Reason.of(new Complaint(status, Optional.empty(), Optional.empty(), Map.of())));
    ApiCall<ReadOutcome<MessagePage>> call =
        new ApiCall<>() {
          @Override
          public CompletionStage<ReadOutcome<MessagePage>> outcome() {
            return CompletableFuture.completedFuture(denied);
          }

          @Override
          public void cancel() {}
        };
    ChannelsApi api = apiThatAnswers(call);
    try (Timer timer = new ThreadTimer("inquirer-test");
        Inquirer<String> inquirer =
            new Inquirer<>(
                api,
                timer,
                new RetrySchedule(Duration.ofMillis(1), Duration.ofMillis(1), () -> 1.0),
                Sends.DOUBT_RULES,
                false,
                DeliveryObserver.none(),
                new Inquirer.Listener<>() {
                  @Override
                  public void answered(Inquiry<String> inquiry, Findings findings) {
                    answers.add(findings);
                  }

                  @Override
                  public void saw(ChannelAddress address, List<Sighting> sightings) {}

                  @Override
                  public Optional<ListQuery> read(Supplier<Optional<ListQuery>> step) {
                    return step.get();
                  }

                  @Override
                  public void swept(Sweep<String> sweep) {}

                  @Override
                  public void failed(Failure failure) {
                    failures.add(failure);
                  }
                })) {
      inquirer.begin(
          new Inquiry<>(
              send(P0, 5, "k").address(),
              List.of(),
              List.of(
                  new PendingTakeover<>(
                      new TrackedPartition<>(P0, 0),
                      new Takeover(P0, 5, Optional.empty(), false),
                      origin,
                      0))));
    }
  }

  /** Each page is there at once, and there are more of them than a thread's stack could hold. */
  @Test
  void pagesThatComeAtOnceDoNotNest() {
    int[] pages = {0};
    ApiCall<ReadOutcome<MessagePage>> call =
        new ApiCall<>() {
          @Override
          public CompletionStage<ReadOutcome<MessagePage>> outcome() {
            pages[0]++;
            return CompletableFuture.completedFuture(
                new ReadOutcome.Found<>(
                    new MessagePage(
                        List.of(), pages[0] < 50_000 ? Optional.of("t") : Optional.empty()),
                    Optional.empty()));
          }

          @Override
          public void cancel() {}
        };
    List<ListingReader.Result> results = new ArrayList<>();
    try (Timer timer = new ThreadTimer("inquirer-test")) {
      new ListingReader(
              apiThatAnswers(call),
              timer,
              new RetrySchedule(Duration.ofMillis(1), Duration.ofMillis(1), () -> 1.0),
              send(P0, 5, "k").address(),
              new Listing(
                  "n",
                  new ListingLimits(100_000, Duration.ZERO),
                  ListDirection.DEFAULT,
                  new Questions(List.of(), List.of(new Takeover(P0, 5, Optional.empty(), false)))),
              results::add)
          .start();
    }
    assertThat(results).singleElement().isInstanceOf(ListingReader.Made.class);
    assertThat(pages[0]).isEqualTo(50_000);
  }

  private ChannelsApi apiThatAnswers(ApiCall<?> call) {
    return (ChannelsApi)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ChannelsApi.class},
            (proxy, method, arguments) -> call);
  }

  @Test
  void ofAChannelThatASettingNamesStopsTheTask() {
    ask(AddressOrigin.CONFIGURED, 403);
    assertThat(answers).isEmpty();
    assertThat(failures).hasSize(1);
  }

  @Test
  void ofAChannelThatARecordNamesConcernsItsRecordsOnly() {
    ask(AddressOrigin.RECORD, 403);
    assertThat(failures).isEmpty();
    assertThat(answers)
        .singleElement()
        .satisfies(
            findings ->
                assertThat(findings.earlier().get(P0).of(send(P0, 5, "k").mark()))
                    .isEqualTo(Finding.IN_DOUBT));
  }

  @Test
  void becauseOfTheKeyStopsTheTaskWhoeverNamesTheChannel() {
    ask(AddressOrigin.RECORD, 401);
    assertThat(failures).hasSize(1);
  }
}
