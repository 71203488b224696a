package dev.birdconnect.sink;

import static dev.birdconnect.sink.TaskHarness.P0;
import static dev.birdconnect.sink.TaskHarness.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.fault.ApiCall;
import dev.birdconnect.simulator.fault.FaultRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A task whose records bring their media along. */
class MediaTaskTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String TO =
      "\"receiver\": {\"contacts\": [{\"identifierValue\": \"+31600000001\"}]}";

  @RegisterExtension final SimulatedApi api = new SimulatedApi();

  private TaskHarness task(String... settings) {
    return TaskHarness.start(api.properties(settings), true);
  }

  private static byte[] png(int number) {
    byte[] content = new byte[2000];
    byte[] head = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', (byte) number};
    System.arraycopy(head, 0, content, 0, head.length);
    return content;
  }

  private static String base64(byte[] bytes) {
    return java.util.Base64.getEncoder().encodeToString(bytes);
  }

  private static String image(byte[] content) {
    return "{"
        + TO
        + ", \"body\": {\"type\": \"image\", \"image\": {\"images\": [{\"mediaUrl\":"
        + " \"data:image/png;base64,"
        + base64(content)
        + "\"}]}}}";
  }

  private static JsonNode json(MadeMessage message) {
    try {
      return MAPPER.readTree(message.json());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode message(long offset) {
    return api.simulator().messages().stream()
        .filter(
            message -> RecordReference.parse(message.reference()).orElseThrow().offset() == offset)
        .map(MediaTaskTest::json)
        .findFirst()
        .orElseThrow();
  }

  private byte[] stored(JsonNode mediaUrl) throws IOException {
    return api.stored(mediaUrl.textValue());
  }

  @Test
  void equalMediaAreUploadedOnceAndTheBytesAreTheRecords() throws Exception {
    try (TaskHarness harness = task()) {
      List<SinkRecord> records = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        records.add(record(P0, i, "key-" + i % 7, image(png(i % 4))));
      }
      harness.put(records);
      harness.untilCommitted(P0, 40);

      assertThat(api.simulator().madeByReference().values()).hasSize(40).containsOnly(1);
      for (int i = 0; i < 40; i++) {
        assertThat(stored(message(i).at("/body/image/images/0/mediaUrl"))).isEqualTo(png(i % 4));
      }
      assertThat(api.simulator().mediaStore().uploads()).isEqualTo(4);
      assertThat(api.simulator().mediaStore().forms()).isEqualTo(4);
      assertThat(api.simulator().mediaStore().authorizedRequests()).isZero();
      assertThat(harness.context.reports).isEmpty();
    }
  }

  @Test
  void aTemplateTakesBase64BytesAndWholeHeaders() throws Exception {
    String template =
        "{"
            + TO
            + ", \"body\": {\"type\": \"section\", \"section\": {\"items\": ["
            + "{\"type\": \"image\", \"image\": {\"images\": [{\"mediaUrl\":"
            + " \"data:image/png;base64,${value.base64}\"}]}},"
            + "{\"type\": \"file\", \"file\": {\"files\": [{\"mediaUrl\": \"${value.bytes}\"}]}},"
            + "{\"type\": \"gif\", \"gif\": {\"mediaUrl\": \"${header.photo}\"}},"
            + "{\"type\": \"gif\", \"gif\": {\"mediaUrl\": \"${header.address}\"}}]}}}";
    Schema schema =
        SchemaBuilder.struct()
            .field("base64", Schema.STRING_SCHEMA)
            .field("bytes", Schema.BYTES_SCHEMA)
            .build();
    Struct value = new Struct(schema).put("base64", base64(png(1))).put("bytes", png(2));
    SinkRecord record =
        record(P0, 0, "k", null)
            .newRecord("orders", 0, null, "k", schema, value, 1_700_000_000_000L);
    record.headers().addBytes("photo", png(3));
    record
        .headers()
        .addBytes("address", "https://media.example.org/x".getBytes(StandardCharsets.UTF_8));
    try (TaskHarness harness = task("message.format", "template", "message.template", template)) {
      harness.put(List.of(record));
      harness.untilCommitted(P0, 1);

      assertThat(harness.context.reports).isEmpty();
      JsonNode items = message(0).at("/body/section/items");
      assertThat(stored(items.at("/0/image/images/0/mediaUrl"))).isEqualTo(png(1));
      assertThat(stored(items.at("/1/file/files/0/mediaUrl"))).isEqualTo(png(2));
      assertThat(items.at("/1/file/files/0/contentType").textValue()).isEqualTo("image/png");
      assertThat(stored(items.at("/2/gif/mediaUrl"))).isEqualTo(png(3));
      assertThat(items.at("/3/gif/mediaUrl").textValue()).isEqualTo("https://media.example.org/x");
    }
  }

  @Test
  void aStoreThatFailsIsTriedAgainInTheOrderOfTheKey() throws Exception {
    api.simulator().mediaStore().failNext(2, 503);
    api.simulator().mediaStore().failNext(2, 0);
    api.simulator().inject(FaultRule.tooManyRequests().next(2).onCall(ApiCall.UPLOAD));
    api.simulator().inject(FaultRule.unavailable().next(2).onCall(ApiCall.UPLOAD));
    api.simulator().inject(FaultRule.doneThenReset().next(1).onReference(".*:orders:0:3:.*"));
    try (TaskHarness harness = task()) {
      List<SinkRecord> records = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        records.add(record(P0, i, "key-" + i % 2, image(png(i))));
      }
      harness.put(records);
      harness.untilCommitted(P0, 12);

      assertThat(api.simulator().madeByReference().values()).hasSize(12).containsOnly(1);
      List<Long> offsets =
          api.simulator().messages().stream()
              .map(message -> RecordReference.parse(message.reference()).orElseThrow().offset())
              .toList();
      assertThat(offsets).filteredOn(offset -> offset % 2 == 0).isSorted();
      assertThat(offsets).filteredOn(offset -> offset % 2 == 1).isSorted();
      for (int i = 0; i < 12; i++) {
        assertThat(stored(message(i).at("/body/image/images/0/mediaUrl"))).isEqualTo(png(i));
      }
      assertThat(api.simulator().mediaStore().uploads()).isEqualTo(12);
      assertThat(harness.context.reports).isEmpty();
    }
  }

  @Test
  void aRecordFoundAtTakeoverIsNotUploadedAgain() {
    try (TaskHarness earlier = task()) {
      earlier.put(List.of(record(P0, 0, "k", image(png(0)))));
      earlier.until(() -> api.simulator().size() == 1);
    }
    try (TaskHarness later = task()) {
      later.put(List.of(record(P0, 0, "k", image(png(0))), record(P0, 1, "k", image(png(1)))));
      later.untilCommitted(P0, 2);
    }
    assertThat(api.simulator().mediaStore().forms()).isEqualTo(2);
    assertThat(api.simulator().madeByReference().values()).hasSize(2).containsOnly(1);
  }

  @Test
  void whatCannotBeUploadedIsRejectedByFieldAndShowsNothing() {
    api.simulator().inject(FaultRule.answer(422).onCall(ApiCall.UPLOAD));
    try (TaskHarness harness = task()) {
      harness.put(
          List.of(
              record(P0, 0, "a", image(png(0))),
              record(P0, 1, "b", image(new byte[] {1, 2, 3}).replace("image/png", "")),
              record(P0, 2, "c", image(png(0)).replace("base64,", "base64,***"))));
      harness.untilCommitted(P0, 3);

      assertThat(api.simulator().size()).isZero();
      assertThat(harness.context.reports)
          .hasSize(3)
          .allSatisfy(
              report ->
                  assertThat(report.error())
                      .hasMessageContaining(".body.image.images[0].mediaUrl: the ")
                      .hasMessageNotContaining(base64(png(0)).substring(0, 20)));
    }
  }

  @Test
  void aKeyThatMayNotUploadStopsTheTask() {
    api.simulator().inject(FaultRule.answer(403).onCall(ApiCall.UPLOAD));
    TaskHarness harness = task();
    harness.put(List.of(record(P0, 0, "a", image(png(0)))));
    assertThatThrownBy(() -> harness.until(() -> false))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("offset 0")
        .hasMessageContaining("mediaUrl")
        .hasMessageContaining("403");
    assertThat(harness.closePartitions(List.of(P0))).containsEntry(P0, 0L);
    harness.close();
  }

  @Test
  void textsGoPastMediaThatWaitForTheStore() {
    api.simulator().inject(FaultRule.latency(Duration.ofMillis(300)).onCall(ApiCall.UPLOAD));
    try (TaskHarness harness =
        task("media.max.uploads", "1", "bird.http.request.timeout.ms", "5000")) {
      List<SinkRecord> records = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        records.add(record(P0, i, "media-" + i, image(png(i))));
      }
      records.add(record(P0, 10, "text", TaskHarness.text("+31600000002", "hello")));
      harness.put(records);
      harness.untilCommitted(P0, 11);

      List<Long> offsets =
          api.simulator().messages().stream()
              .map(message -> RecordReference.parse(message.reference()).orElseThrow().offset())
              .toList();
      assertThat(offsets).hasSize(11);
      assertThat(offsets.indexOf(10L)).isLessThan(5);
    }
  }

  private static SinkRecord large(long offset, int mebibytes) {
    byte[] content = new byte[mebibytes << 20];
    System.arraycopy(png((int) offset), 0, content, 0, 9);
    return record(P0, offset, "media-" + offset, imageOf(content));
  }

  /** A request with the bytes of an image where its address belongs. */
  private static Map<String, Object> imageOf(byte[] content) {
    return Map.of(
        "receiver",
        Map.of("contacts", List.of(Map.of("identifierValue", "+31600000001"))),
        "body",
        Map.of("type", "image", "image", Map.of("images", List.of(Map.of("mediaUrl", content)))));
  }

  @Test
  void filesUnderWayHoldThirtyTwoMebibytesOrASingleLargerOne() throws Exception {
    String fault = api.simulator().inject(FaultRule.hang().onCall(ApiCall.UPLOAD));
    try (TaskHarness harness =
        task("bird.http.request.timeout.ms", "3000", "doubt.settle.ms", "0")) {
      List<SinkRecord> records = new ArrayList<>();
      for (int offset = 0; offset < 5; offset++) {
        records.add(large(offset, 9));
      }
      harness.put(records);
      harness.until(() -> api.struck() >= 3);
      for (int offset = 5; offset < 8; offset++) {
        harness.put(List.of(record(P0, offset, "text", TaskHarness.text("+31600000002", "hi"))));
        int texts = offset - 4;
        harness.until(() -> api.simulator().size() == texts);
      }
      assertThat(api.struck()).as("while none of them has ended").isEqualTo(3);

      api.simulator().faults().remove(fault);
      harness.untilCommitted(P0, 8);
      harness.put(List.of(large(8, 33)));
      harness.untilCommitted(P0, 9);

      assertThat(stored(message(8).at("/body/image/images/0/mediaUrl"))).hasSize(33 << 20);
      assertThat(harness.context.reports).isEmpty();
    }
  }
}
