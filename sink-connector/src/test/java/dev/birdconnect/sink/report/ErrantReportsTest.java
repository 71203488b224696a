package dev.birdconnect.sink.report;

import static dev.birdconnect.sink.report.Outcomes.P0;
import static dev.birdconnect.sink.report.Outcomes.P1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.Answer;
import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.client.verdict.VerdictRules;
import dev.birdconnect.sink.delivery.Rejection;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.position.RecordPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import okio.ByteString;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class ErrantReportsTest {

  private final List<SinkRecord> records = new ArrayList<>();
  private final List<Throwable> errors = new ArrayList<>();
  private final List<CompletableFuture<Void>> written = new ArrayList<>();
  private final ErrantReports reports =
      new ErrantReports(
          Optional.of(
              (record, error) -> {
                records.add(record);
                errors.add(error);
                written.add(new CompletableFuture<>());
                return written.get(written.size() - 1);
              }));

  private static Rejection<SinkRecord> rejection(PartitionId partition, long offset) {
    return Outcomes.checked(partition, offset, "order-1", "it has no body");
  }

  /** What the API's answer to a request with wrong fields leads to. */
  private static Rejection<SinkRecord> refused() {
    Answer answer =
        new Answer(
            422,
            ByteString.encodeUtf8(
                """
                {"code": "InvalidPayload", "message": "Fields for +31600000001 are wrong",
                 "details": {".receiver.contacts[0]": ["property \\"Dear Ann\\" is unsupported"]}}
                """),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Verdict.Rejected verdict =
        (Verdict.Rejected)
            new VerdictRules(ConflictRule.REJECT).ofSend(answer, AddressOrigin.CONFIGURED);
    return new Rejection<>(
        new RecordPosition(P0, 7),
        Outcomes.identity(P0, 7),
        "order-1",
        Outcomes.record(P0, 7, "k"),
        1,
        verdict.reason());
  }

  @Test
  void theRecordItselfIsHandedOverWithWhereItStandsAndWhy() {
    Rejection<SinkRecord> rejection = refused();
    reports.report(rejection);

    assertThat(records).singleElement().isSameAs(rejection.record());
    assertThat(errors)
        .singleElement()
        .satisfies(
            error ->
                assertThat(error)
                    .isInstanceOf(RejectedRecordException.class)
                    .hasMessageContainingAll(
                        "topic orders, partition 0, offset 7",
                        "422",
                        "InvalidPayload",
                        ".receiver.contacts[0]",
                        "is unsupported")
                    .hasMessageNotContainingAny(
                        "31600000001", "Dear Ann", Outcomes.PRIVATE_NUMBER, "order-1"));
    assertThat(reports.rejected()).isEqualTo(1);
  }

  @Test
  void itIsCompleteWhenTheReportersFutureIsInWhateverOrder() {
    reports.report(rejection(P0, 7));
    reports.report(rejection(P0, 8));
    assertThat(reports.takeComplete()).isEmpty();

    written.get(1).complete(null);
    assertThat(reports.takeComplete())
        .extracting(one -> one.position().offset())
        .containsExactly(8L);

    written.get(0).complete(null);
    assertThat(reports.takeComplete()).hasSize(1);
    assertThat(reports.takeComplete()).isEmpty();
  }

  @Test
  void withoutAReporterTheTaskFailsWithWhereItStandsWhyAndWhatToDo() {
    ErrantReports nobody = new ErrantReports(Optional.empty());
    assertThatThrownBy(() -> nobody.report(refused()))
        .isInstanceOf(ConnectException.class)
        .hasMessageContainingAll(
            "topic orders, partition 0, offset 7",
            "422",
            ".receiver.contacts[0]",
            "errors.tolerance=all",
            "errors.deadletterqueue.topic.name")
        .hasMessageNotContainingAny("31600000001", "Dear Ann");
    assertThat(nobody.rejected()).isZero();
  }

  @Test
  void aReportThatCannotBeWrittenFailsTheTask() {
    reports.report(rejection(P0, 7));
    written.get(0).completeExceptionally(new IllegalStateException("no topic"));
    assertThatThrownBy(reports::takeComplete)
        .isInstanceOf(ConnectException.class)
        .hasMessageContainingAll("offset 7", "could not be written")
        .hasRootCauseMessage("no topic");
  }

  @Test
  void reportsOfPartitionsThatAreGivenUpAreForgotten() {
    reports.report(rejection(P0, 7));
    reports.report(rejection(P1, 7));
    reports.forget(Set.of(P0));
    written.forEach(one -> one.complete(null));

    assertThat(reports.takeComplete())
        .extracting(one -> one.position().partition())
        .containsExactly(P1);
  }
}
