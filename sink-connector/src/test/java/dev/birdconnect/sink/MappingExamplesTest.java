package dev.birdconnect.sink;

import static dev.birdconnect.sink.TaskHarness.P0;
import static dev.birdconnect.sink.TaskHarness.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigTransformer;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of {@code docs/mapping.md}, as they stand there. */
class MappingExamplesTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final MappingPage PAGE = MappingPage.read();
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1};
  private static final byte[] PDF = "%PDF-1.7".getBytes(StandardCharsets.US_ASCII);

  private static final String SMS = "### SMS";
  private static final String WHATSAPP = "### A template of WhatsApp";
  private static final String EMAIL = "### Email";
  private static final String DATA_URI = "* **A data URI**";
  private static final String BYTES = "* **Bytes**";

  @RegisterExtension final SimulatedApi api = new SimulatedApi();

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String[] template(String words) {
    return new String[] {"message.format", "template", "message.template", PAGE.example(words)};
  }

  /** The request that an example makes of a record. */
  private static JsonNode filled(String words, Object key, Object value) {
    return Intakes.send(record(P0, 0, key, value), template(words)).request().tree();
  }

  /**
   * @param words what the example stands behind
   * @param channel the channel that it is sent through
   * @param media what of the record is uploaded
   */
  private record Example(String words, String channel, SinkRecord record, List<byte[]> media) {
    @Override
    public String toString() {
      return words;
    }
  }

  static Stream<Example> examples() {
    String sms = SimulatorSettings.DEMO_SMS_CHANNEL_ID;
    String whatsapp = SimulatorSettings.DEMO_WHATSAPP_CHANNEL_ID;
    String email = SimulatorSettings.DEMO_EMAIL_CHANNEL_ID;
    String base64 = Base64.getEncoder().encodeToString(PNG);
    return Stream.of(
        new Example(SMS, sms, record(P0, 0, "1001", value()), List.of()),
        new Example(WHATSAPP, whatsapp, toAnn("parcel", "p"), List.of()),
        new Example(EMAIL, email, toAnn("name", "Ann"), List.of()),
        new Example(DATA_URI, whatsapp, toAnn("label", base64), List.of(PNG)),
        new Example(DATA_URI, whatsapp, toAnn("label", PNG), List.of(PNG)),
        new Example(BYTES, email, toAnn("invoice", PDF), List.of(PDF)));
  }

  /** A record with a receiver's addresses and one more field. */
  private static SinkRecord toAnn(String field, Object value) {
    return record(
        P0, 0, "1001", Map.of("phone", "+31600000001", "email", "ann@example.org", field, value));
  }

  /** The value that the page gives for the template of an SMS. */
  private static String value() {
    return PAGE.code().stream()
        .filter(code -> code.startsWith("{\"customer\""))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theApiTakesEachTemplate(Example example) throws IOException {
    List<String> settings = new ArrayList<>(Arrays.asList(template(example.words())));
    settings.addAll(List.of("bird.channel.id", example.channel(), "doubt.settle.ms", "0"));
    String[] all = settings.toArray(String[]::new);
    try (TaskHarness harness = TaskHarness.start(api.properties(all), true)) {
      harness.put(List.of(example.record()));
      harness.untilCommitted(P0, 1);

      assertThat(harness.context.reports).isEmpty();
      assertThat(api.simulator().size()).isEqualTo(1);
      assertThat(api.simulator().mediaStore().uploads()).isEqualTo(example.media().size());
      for (byte[] medium : example.media()) {
        JsonNode message = json(api.simulator().messages().get(0).json());
        assertThat(api.stored(message.findValue("mediaUrl").textValue())).isEqualTo(medium);
      }
    }
  }

  @Test
  void theApiTakesTheRequest() {
    String request = PAGE.example("## The value is the request");
    try (TaskHarness harness = TaskHarness.start(api.properties("doubt.settle.ms", "0"), true)) {
      harness.put(List.of(record(P0, 0, "k", request)));
      harness.untilCommitted(P0, 1);

      assertThat(harness.context.reports).isEmpty();
      assertThat(json(api.simulator().messages().get(0).json()).get("body"))
          .isEqualTo(json(request).get("body"));
    }
  }

  @Test
  void noExampleIsLeftOut() {
    assertThat(PAGE.examples())
        .as("each is named above, and the result of the SMS")
        .isEqualTo((int) examples().map(Example::words).distinct().count() + 2);
  }

  @Test
  void theSmsIsTheRequestThatIsShown() {
    ObjectNode request = (ObjectNode) filled(SMS, "1001", value());
    request.remove("reference");
    assertThat(request).isEqualTo(json(PAGE.example("With the key `1001` and the value")));
  }

  @Test
  void theTemplateOfWhatsAppHasItsDefaults() {
    JsonNode request = filled(WHATSAPP, "k", "{\"phone\": \"+31600000001\", \"parcel\": \"p\"}");
    assertThat(request.at("/template/locale").textValue()).isEqualTo("en");
    assertThat(request.at("/template/parameters/0/value").textValue()).isEqualTo("p");
    assertThat(request.at("/template/parameters/1/value")).isEqualTo(json("1"));

    SinkRecord german =
        record(P0, 0, "k", Map.of("phone", "+31600000001", "parcel", "p", "pieces", 3));
    german.headers().addString("lang", "de");
    JsonNode given = Intakes.send(german, template(WHATSAPP)).request().tree();
    assertThat(given.at("/template/locale").textValue()).isEqualTo("de");
    assertThat(given.at("/template/parameters/1/value")).isEqualTo(json("3"));
  }

  @Test
  void valuesAreNotEscapedForHtml() {
    JsonNode request = filled(EMAIL, "<b>1001</b> & more", Map.of("email", "ann@example.org"));
    assertThat(request.at("/body/html/html").textValue())
        .isEqualTo("<p>Thank you for order <b>1001</b> & more.</p>");
  }

  /** A provider that gives the text of each of its variables in upper case. */
  private static final class UpperCase implements ConfigProvider {
    @Override
    public ConfigData get(String path) {
      return new ConfigData(Map.of());
    }

    @Override
    public ConfigData get(String path, Set<String> keys) {
      return new ConfigData(
          keys.stream()
              .collect(Collectors.toMap(Function.identity(), key -> key.toUpperCase(Locale.ROOT))));
    }

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void close() {}
  }

  private static String seen(String template, String provider) {
    return new ConfigTransformer(Map.of(provider, new UpperCase()))
        .transform(Map.of("message.template", template))
        .data()
        .get("message.template");
  }

  @Test
  void aConfigProvidersVariablesAreReplacedAndPlaceholdersAreNot() {
    String template = PAGE.example(SMS);
    assertThat(template).contains("${value.customer.name:-there}");
    assertThat(seen("${file:a:key}" + template, "file")).isEqualTo("KEY" + template);
    assertThat(seen(template, "value")).isEqualTo(template);
    assertThat(seen("a ${value.name:-there} ${value.tag?}", "value.name"))
        .as("a provider with the name before the colon")
        .isEqualTo("a -THERE ${value.tag?}");
  }
}
