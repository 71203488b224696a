package dev.birdconnect.sink.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.sink.config.ReferenceFrom;
import dev.birdconnect.sink.field.FieldPath;
import dev.birdconnect.sink.field.UnfitRecordException;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which reference a message gets, and where the record's coordinates stand. */
class ReferencesTest {

  private static final RecordReference COORDINATES =
      new RecordReference("n", "orders", 3, 17, "ff");

  /** The request as it leaves, when references come from there. */
  private static SendRequest labelled(ReferenceFrom from, Optional<String> path, String brought)
      throws Exception {
    SinkRecord record =
        new SinkRecord("orders", 3, null, "k-1", null, Map.of("order", "v-1", "lines", 7), 17);
    record.headers().addString("order", "h-1");
    String json =
        """
        {"receiver": {"contacts": [{"id": "c"}]}, "body": {"type": "text", "text": {"text": "x"}}%s}"""
            .formatted(brought);
    Optional<FieldPath> field = Optional.empty();
    if (path.isPresent()) {
      field = Optional.of(FieldPath.parse(path.get()));
    }
    return new References(from, field)
        .label(
            SendRequest.of(new ObjectMapper().readTree(json)),
            COORDINATES,
            new RecordFields(record));
  }

  private static String coordinates(SendRequest request) {
    return request.tree().at("/meta/extraInformation/kafkaRecord").asText();
  }

  @Test
  void byDefaultItIsTheCoordinatesAndARecordMayNotBringOne() throws Exception {
    SendRequest request = labelled(ReferenceFrom.NONE, Optional.empty(), "");
    assertThat(request.reference()).contains(COORDINATES.label());
    assertThat(request.tree().has("meta")).isFalse();
    assertThatThrownBy(
            () -> labelled(ReferenceFrom.NONE, Optional.empty(), ", \"reference\": \"mine\""))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageStartingWith(".reference: the record brings a reference of its own")
        .hasMessageContaining("reference.from=request");
  }

  @ParameterizedTest
  @CsvSource({
    "KEY, key, k-1",
    "FIELD, value.order, v-1",
    "FIELD, value.lines, 7",
    "HEADER, header.order, h-1"
  })
  void itIsTheUsersAndTheCoordinatesStandBeside(ReferenceFrom from, String path, String label)
      throws Exception {
    SendRequest request = labelled(from, Optional.of(path), "");
    assertThat(request.reference()).contains(label);
    assertThat(coordinates(request)).isEqualTo(COORDINATES.label());
    assertThatThrownBy(() -> labelled(from, Optional.of(path), ", \"reference\": \"mine\""))
        .as("there are two")
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageStartingWith(".reference: ");
  }

  @Test
  void itCanBeTheOneInTheRequest() throws Exception {
    SendRequest request =
        labelled(ReferenceFrom.REQUEST, Optional.empty(), ", \"reference\": \"mine\"");
    assertThat(request.reference()).contains("mine");
    assertThat(coordinates(request)).isEqualTo(COORDINATES.label());
    assertThatThrownBy(() -> labelled(ReferenceFrom.REQUEST, Optional.empty(), ""))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageStartingWith(".reference: it has to hold the reference of the message");
  }

  @Test
  void oneThatIsMissingAListOrLikeOurOwnIsRefused() {
    assertThatThrownBy(() -> labelled(ReferenceFrom.FIELD, Optional.of("value.no"), ""))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageStartingWith("value.no: it has to hold the reference of the message");
    assertThatThrownBy(() -> labelled(ReferenceFrom.FIELD, Optional.of("value"), ""))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageStartingWith("value: the reference has to be a text or a number");
    assertThatThrownBy(
            () ->
                labelled(
                    ReferenceFrom.REQUEST,
                    Optional.empty(),
                    ", \"reference\": \"" + COORDINATES.label() + "\""))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageStartingWith(".reference: the reference has the form of the connector's own");
  }
}
