package dev.birdconnect.sink.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.sink.field.UnfitRecordException;
import dev.birdconnect.sink.template.MessageTemplate;
import dev.birdconnect.sink.template.TemplateException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.connect.sink.SinkRecord;

class RecordPropertiesTest {

  private static final String TEMPLATE =
      """
      {"receiver": {"contacts": [{"identifierValue": "${key:-k}"}, {"id": "${value.text?}"}]},
       "body": {"type": "text", "text": {"text": "a ${header.h:-x} ${value.body.text:-b}"}},
       "meta": {"extraInformation": {"v": "${value?}", "b": "${value.body[0]?}"}}}""";

  private static SendRequest toRequest(SinkRecord record) throws UnfitRecordException {
    return new RequestFormat(Optional.empty())
        .toRequest(record, new RecordFields(record))
        .request();
  }

  @Property(tries = 500)
  void everyValueIsASendOrUnfitWithAReason(@ForAll("values") Object value) {
    SinkRecord record = new SinkRecord("t", 0, null, null, null, value, 0);
    assertThat(RecordWeight.of(record)).isPositive();
    try {
      SendRequest request = toRequest(record);
      assertThat(request.reference()).isEmpty();
      assertThat(request.toJson()).isNotEmpty();
    } catch (UnfitRecordException e) {
      assertThat(e.complaint()).isNotBlank();
    }
  }

  @Property(tries = 500)
  void everyRecordFillsATemplateOrIsUnfitWithAReason(
      @ForAll("values") Object key, @ForAll("values") Object value, @ForAll("values") Object header)
      throws TemplateException {
    TemplateFormat format = new TemplateFormat(MessageTemplate.parse(TEMPLATE), Optional.empty());
    SinkRecord record = new SinkRecord("t", 0, null, key, null, value, 0);
    record.headers().add("h", header, null);
    try {
      assertThat(format.toRequest(record, new RecordFields(record)).request().toJson())
          .isNotEmpty();
    } catch (UnfitRecordException e) {
      assertThat(e.complaint()).isNotBlank();
    }
  }

  @Provide
  Arbitrary<Object> values() {
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            Arbitraries.strings().map(Object.class::cast),
            Arbitraries.integers().map(Object.class::cast),
            Arbitraries.doubles().map(Object.class::cast),
            Arbitraries.of(
                Float.NaN,
                Double.POSITIVE_INFINITY,
                true,
                new BigDecimal("1E+1000000000"),
                new BigDecimal("1E-1000000000"),
                BigInteger.TEN.pow(300),
                Date.from(Instant.ofEpochMilli(Long.MAX_VALUE)),
                new byte[] {1, -1},
                new Object(),
                "text",
                "half \ud800",
                "{\"\\udc00\": \"\\ud800\"}",
                "{\"receiver\": 1}",
                "{\"body\": 1e999999999}"));
    return Arbitraries.recursive(() -> scalars, RecordPropertiesTest::containers, 0, 4);
  }

  private static Arbitrary<Object> containers(Arbitrary<Object> inner) {
    Arbitrary<String> names =
        Arbitraries.of(
            "receiver", "contacts", "body", "type", "text", "template", "reference", "meta");
    Arbitrary<Object> maps =
        Arbitraries.maps(names, inner.injectNull(0.1))
            .ofMaxSize(4)
            .map(HashMap<Object, Object>::new);
    Arbitrary<Object> lists = inner.injectNull(0.1).list().ofMaxSize(3).map(ArrayList<Object>::new);
    return Arbitraries.oneOf(maps, lists, inner);
  }

  @Property(tries = 50)
  void aRightRequestPassesWhateverItsText(@ForAll String text) throws IOException {
    Map<String, Object> value =
        Map.of(
            "receiver",
            Map.of("contacts", List.of(Map.of("identifierValue", "+31600000001"))),
            "body",
            Map.of("type", "text", "text", Map.of("text", text)));
    SinkRecord record = new SinkRecord("t", 0, null, null, null, value, 0);
    boolean unicode = StandardCharsets.UTF_8.newEncoder().canEncode(text);
    try {
      byte[] json = toRequest(record).toJson();
      assertThat(unicode).isTrue();
      assertThat(
              new ObjectMapper().readTree(json).path("body").path("text").path("text").textValue())
          .isEqualTo(text);
    } catch (UnfitRecordException e) {
      assertThat(unicode).isFalse();
      assertThat(e.complaint()).startsWith(".body.text.text: ");
    }
  }
}
