package dev.birdconnect.sink;

import static dev.birdconnect.sink.TaskHarness.P0;
import static dev.birdconnect.sink.TaskHarness.record;
import static dev.birdconnect.sink.TaskHarness.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.sink.delivery.Rejection;
import dev.birdconnect.sink.delivery.Send;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** The reference that a record is reported under when no send can be made of it. */
class RecordIntakeTest {

  private static final String COORDINATES = "bk1:shop:orders:0:7:";

  private static String rejectedAs(SinkRecord record, String... settings) {
    Rejection<SinkRecord> rejection = Intakes.rejection(record, settings);
    assertThat(rejection.identity().label()).startsWith(COORDINATES);
    assertThat(rejection.toString()).doesNotContain("order-1");
    return rejection.messageReference();
  }

  @Test
  void withoutLabelsOfTheUsersItIsTheCoordinates() {
    assertThat(rejectedAs(record(P0, 7, "order-1", "{}"))).startsWith(COORDINATES);
  }

  @Test
  void aLabelThatTheRecordShowsIsItsReferenceThoughItIsRejected() {
    assertThat(rejectedAs(record(P0, 7, "order-1", "{}"), "reference.from", "key"))
        .isEqualTo("order-1");
    assertThat(
            rejectedAs(
                record(P0, 7, "order-1", null),
                "reference.from",
                "key",
                "behavior.on.null.values",
                "report"))
        .isEqualTo("order-1");
  }

  @Test
  void aLabelThatIsMissingOrLooksLikeCoordinatesIsNot() {
    assertThat(rejectedAs(record(P0, 7, null, "{}"), "reference.from", "key"))
        .startsWith(COORDINATES);
    assertThat(
            rejectedAs(
                record(P0, 7, "bk1:shop:orders:0:8:0", text("+31600000001", "hello")),
                "reference.from",
                "key"))
        .startsWith(COORDINATES);
  }

  @Test
  void theLabelInARequestThatIsTooLargeIsItsReference() {
    String large = text("+31600000001", "x".repeat(200_000));
    String labelled = "{\"reference\": \"order-1\", " + large.strip().substring(1);

    assertThat(rejectedAs(record(P0, 7, "k", labelled), "reference.from", "request"))
        .isEqualTo("order-1");
  }

  @Test
  void aSendIsLoggedByCoordinatesWhateverReferenceItsMessageCarries() {
    Send<SinkRecord> send =
        Intakes.send(
            record(P0, 7, "order-1", text("+31600000001", "hello")), "reference.from", "key");

    assertThat(send.messageReference()).isEqualTo("order-1");
    assertThat(send.reference()).startsWith(COORDINATES);
    assertThat(send.toString()).doesNotContain("order-1");
  }

  @Test
  void mediaAreTakenOutOfTheRequestAndUploadedBeforeItLeaves() {
    String image =
        """
        {"receiver": {"contacts": [{"identifierValue": "+31600000001"}]},
         "body": {"type": "image", "image": {"images": [{"mediaUrl": "data:image/png;base64,%s"}]}}}""";
    Send<SinkRecord> send =
        Intakes.send(record(P0, 7, "k", image.formatted("AQID".repeat(100_000))));

    assertThat(send.preparation()).isPresent();
    assertThat(send.request().toJson().length).isLessThan(500);
    assertThat(send.weight()).isGreaterThan(400_000);
    assertThat(Intakes.rejection(record(P0, 7, "k", image.formatted("***"))).reason().sentence())
        .startsWith(".body.image.images[0].mediaUrl: the data URI is not base64");
  }
}
