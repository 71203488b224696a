package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.Sends.P0;
import static dev.birdconnect.sink.delivery.Sends.P1;
import static dev.birdconnect.sink.delivery.Sends.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.Complaint;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.sink.config.DoubtPolicy;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.reconcile.EarlierSends.Finding;
import dev.birdconnect.sink.reconcile.Findings;
import dev.birdconnect.sink.reconcile.Sighting;
import dev.birdconnect.sink.reconcile.Takeover;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list that may not be read. */
class InquirerTest {

  private final List<Findings> answers = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();

  private final Inquirer.Listener<String> listener =
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
      };

  /** Asks a list that answers with this status. */
  private void ask(DoubtPolicy policy, int status, AddressOrigin... origins) {
    UnusedApi api =
        new UnusedApi() {
          @Override
          public ApiCall<ReadOutcome<MessagePage>> messages(
              ChannelAddress address, ListQuery query) {
            Complaint complaint =
                new Complaint(status, Optional.empty(), Optional.empty(), Map.of());
            return ended(
                status == 401 || status == 403
                    ? new ReadOutcome.Denied<>(Reason.of(complaint))
                    : new ReadOutcome.Refused<>(Reason.of(complaint)));
          }
        };
    List<PendingTakeover<String>> takeovers = new ArrayList<>();
    for (AddressOrigin origin : origins) {
      PartitionId partition = takeovers.isEmpty() ? P0 : P1;
      takeovers.add(
          new PendingTakeover<>(
              new TrackedPartition<>(partition, 0),
              new Takeover(partition, 5, Optional.empty(), false),
              origin,
              0));
    }
    try (Inquirer<String> inquirer =
        new Inquirer<>(
            api,
            new FakeTimer(),
            new RetrySchedule(Duration.ofMillis(1), Duration.ofMillis(1), () -> 1.0),
            new DoubtRules("n", policy, Duration.ZERO, Duration.ZERO, 10),
            false,
            DeliveryObserver.none(),
            listener)) {
      inquirer.begin(new Inquiry<>(send(P0, 5, "k").address(), List.of(), takeovers));
    }
  }

  private void assertInDoubt() {
    assertThat(failures).isEmpty();
    assertThat(answers)
        .singleElement()
        .satisfies(
            findings ->
                assertThat(findings.earlier().get(P0).of(send(P0, 5, "k").mark()))
                    .isEqualTo(Finding.IN_DOUBT));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 422})
  void ofAChannelThatASettingNamesStopsTheTask(int status) {
    ask(DoubtPolicy.REPORT, status, AddressOrigin.CONFIGURED);
    assertThat(answers).isEmpty();
    assertThat(failures)
        .singleElement()
        .satisfies(
            failure ->
                assertThat(failure.sentence())
                    .contains("cannot be listed", "doubt.policy=send", Integer.toString(status)));
  }

  @Test
  void ofAChannelThatASettingNamesForAnyRecordStopsTheTask() {
    ask(DoubtPolicy.REPORT, 403, AddressOrigin.RECORD, AddressOrigin.CONFIGURED);
    assertThat(failures).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 422})
  void ofAChannelThatARecordNamesConcernsItsRecordsOnly(int status) {
    ask(DoubtPolicy.REPORT, status, AddressOrigin.RECORD);
    assertInDoubt();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 422})
  void isNoMatterWhereWhatIsInDoubtIsSent(int status) {
    ask(DoubtPolicy.SEND, status, AddressOrigin.CONFIGURED);
    assertInDoubt();
  }

  @Test
  void thatIsClosedIsReadNoMore() {
    List<ListQuery> asked = new ArrayList<>();
    FakeTimer timer = new FakeTimer();
    UnusedApi api =
        new UnusedApi() {
          @Override
          public ApiCall<ReadOutcome<MessagePage>> messages(
              ChannelAddress address, ListQuery query) {
            asked.add(query);
            return ended(new ReadOutcome.Unavailable<>(Reason.of("down"), Optional.empty()));
          }
        };
    Inquirer<String> inquirer =
        new Inquirer<>(
            api,
            timer,
            new RetrySchedule(Duration.ofMillis(1), Duration.ofMillis(1), () -> 1.0),
            new DoubtRules("n", DoubtPolicy.REPORT, Duration.ZERO, Duration.ZERO, 10),
            false,
            DeliveryObserver.none(),
            listener);
    Inquiry<String> inquiry = new Inquiry<>(send(P0, 5, "k").address(), List.of(), List.of());
    inquirer.begin(inquiry);
    assertThat(asked).hasSize(1);

    inquirer.close();
    inquirer.begin(inquiry);
    timer.advance(Duration.ofSeconds(1));

    assertThat(asked).hasSize(1);
    assertThat(answers).isEmpty();
  }

  @Test
  void becauseOfTheKeyStopsTheTaskWhoeverNamesTheChannel() {
    ask(DoubtPolicy.REPORT, 401, AddressOrigin.RECORD);
    assertThat(failures).hasSize(1);
  }
}
