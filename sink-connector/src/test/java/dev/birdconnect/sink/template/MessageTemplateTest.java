package dev.birdconnect.sink.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.sink.field.FieldValues;
import dev.birdconnect.sink.field.UnfitRecordException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageTemplateTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String SEND =
      "{\"receiver\": {\"contacts\": [{\"identifierValue\": \"${value.phone}\"}]}, \"body\":"
          + " {\"type\": \"text\", \"text\": {\"text\": \"Hi\"}}%s}";

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text.replace('\'', '"'));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A record whose fields are these, by the text of their paths. */
  private static FieldValues record(Map<String, String> fields) {
    return path -> Optional.ofNullable(fields.get(path.text())).map(MessageTemplateTest::json);
  }

  private static JsonNode fill(String members, Map<String, String> fields) throws Exception {
    return MessageTemplate.parse(SEND.formatted(", " + members.replace('\'', '"')))
        .fill(
            path ->
                path.text().equals("value.phone")
                    ? Optional.of(json("'+31600000001'"))
                    : record(fields).at(path));
  }

  private static String refusal(String template) {
    TemplateException e =
        catchThrowableOfType(TemplateException.class, () -> MessageTemplate.parse(template));
    assertThat(e).as(template).isNotNull();
    return e.sentence();
  }

  @Test
  void aPlaceholderOnItsOwnKeepsTheTypeAndInsideATextItIsText() throws Exception {
    JsonNode filled =
        fill(
            "'validity': '${value.n}', 'meta': {'extraInformation': {'list': '${value.list}',"
                + " 'yes': '${value.yes}', 'in': 'n ${value.n}, ${value.list}, ${value.yes}'}}",
            Map.of("value.n", "3600", "value.list", "[1, 'a']", "value.yes", "true"));

    assertThat(filled.get("validity")).isEqualTo(json("3600"));
    assertThat(filled.at("/meta/extraInformation"))
        .isEqualTo(
            json("{'list': [1, 'a'], 'yes': true}")
                .<com.fasterxml.jackson.databind.node.ObjectNode>require()
                .put("in", "n 3600, [1,\"a\"], true"));
  }

  @Test
  void aDefaultStandsInForAMissingFieldOnly() throws Exception {
    String members =
        "'validity': '${value.n:-60}', 'meta': {'extraInformation': {'a': '${value.a:-}', 'b':"
            + " '${value.b:-there}', 'c': '${value.c:-\\'7\\'}', 'd': 'x ${value.d:-y:-z} x'}}";
    JsonNode missing = fill(members.replace("\\'", "\\\""), Map.of());
    assertThat(missing.get("validity")).isEqualTo(json("60"));
    assertThat(missing.at("/meta/extraInformation"))
        .isEqualTo(json("{'a': '', 'b': 'there', 'c': '7', 'd': 'x y:-z x'}"));
    assertThat(fill(members.replace("\\'", "\\\""), Map.of("value.n", "61")).get("validity"))
        .isEqualTo(json("61"));
  }

  @ParameterizedTest
  @CsvSource({"true", "false", "7", "-1.5"})
  void aDefaultThatIsANumberOrATruthValueKeepsItsType(String preset) throws Exception {
    String members = "'meta': {'extraInformation': {'a': '${value.a:-" + preset + "}'}}";
    JsonNode filled = fill(members, Map.of()).at("/meta/extraInformation/a");
    assertThat(filled.getNodeType()).isEqualTo(json(preset).getNodeType());
    assertThat(filled.asText()).isEqualTo(preset);
  }

  @ParameterizedTest
  @CsvSource({
    "12:30",
    "2031-03-01",
    "1 2",
    "true or false",
    "7e",
    "1.10",
    "+31600000001",
    "1e99999999999"
  })
  void aDefaultThatOnlyBeginsLikeJsonIsTextAsItStands(String preset) throws Exception {
    assertThat(fill("'reference': 'x ${value.a:-" + preset + "}'", Map.of()).get("reference"))
        .isEqualTo(json("'x " + preset + "'"));
  }

  @Test
  void whatHoldsAnOptionalFieldIsLeftOutAndSoIsWhatHasNothingLeft() throws Exception {
    String members =
        "'tags': ['${value.tag?}', 'order ${value.kind?}', 'fixed'], 'sender': {'connector':"
            + " {'identifierValue': '${value.sender?}'}}, 'meta': {'email': {'headers': {}}}";
    assertThat(fill(members, Map.of()))
        .isEqualTo(
            json(
                SEND.formatted(", 'tags': ['fixed'], 'meta': {'email': {'headers': {}}}")
                    .replace("${value.phone}", "+31600000001")));
    JsonNode all =
        fill(members, Map.of("value.tag", "'a'", "value.kind", "1", "value.sender", "'DEPOT'"));
    assertThat(all.get("tags")).isEqualTo(json("['a', 'order 1', 'fixed']"));
    assertThat(all.at("/sender/connector/identifierValue").textValue()).isEqualTo("DEPOT");
  }

  @Test
  void aRequiredFieldThatIsMissingIsNamedWithTheRemedies() throws Exception {
    MessageTemplate template = MessageTemplate.parse(SEND.formatted(""));
    assertThatThrownBy(() -> template.fill(record(Map.of())))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageContaining("${value.phone} is missing")
        .hasMessageContaining("${value.phone:-text}")
        .hasMessageContaining("${value.phone?}");
  }

  @Test
  void theSignsThemselvesAreWrittenWithTwoDollars() throws Exception {
    assertThat(
            fill(
                    "'shortLinks': {'domain': '$${value.x} $5 {} $$ ${value.y}'}",
                    Map.of("value.y", "1"))
                .at("/shortLinks/domain")
                .textValue())
        .isEqualTo("${value.x} $5 {} $$ 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'tags': ['${vaule.x}']|${vaule.x} is wrong: it has to begin with value, key",
        "'tags': ['${value.a b}']|${value.a b} is wrong: what follows character 7 is no field",
        "'tags': ['${value.}']|what follows character 5",
        "'tags': ['${topic.x}']|topic has no fields",
        "'tags': ['${header}']|the header's name is missing",
        "'tags': ['${value.x?:-y}']|optional and has a default",
        "'tags': ['${value.x']|no closing brace",
        "'tags': ['${}']|${} is wrong",
        "'${value.x}': 1|a field's name",
        "'tgas': ['a']|.tgas: there is no such field",
        "'meta': {'email': {'subjcet': '${value.x?}'}}|.meta.email.subjcet: there is no such field",
        "'validity': true|.validity: value must be a whole number",
        "'template': {'name': 'x'}|body and template are both there",
        "'tags': ['a!']|.tags[0]",
        "'tags': ['1','2','3','4','5','6','7','8','9','10','11']|.tags: there are more than 10",
        "'scheduledFor': 'tomorrow'|.scheduledFor: value must be a time",
        "'validity': 1, 'validity': 2|not one JSON document",
        "'validity': 1e99999999999|a number whose exponent is too large",
      })
  void whatIsWrongWithTheTemplateIsSaidBeforeThereIsARecord(String members, String complaint) {
    assertThat(refusal(SEND.formatted(", " + members.replace('\'', '"')))).contains(complaint);
  }

  @Test
  void aDocumentThatIsNoSendIsRefused() {
    assertThat(refusal("[]")).contains("has to be a JSON object");
    assertThat(refusal("{")).contains("not one JSON document (line 1, column");
    assertThat(refusal("{}")).contains(".receiver: the field is required");
    assertThat(refusal("{\"receiver\": {\"contacts\": []}, \"body\": \"${value.b}\"}"))
        .contains("no contact");
    assertThat(refusal("{\"receiver\": \"${value.r}\"}")).contains("neither body nor template");
  }

  @Test
  void whatIsNotKnownYetIsNotComplainedAbout() throws Exception {
    for (String template :
        new String[] {
          "{'receiver': '${value.r}', 'body': '${value.b}'}",
          "{'receiver': {'contacts': '${value.c}'}, 'template': '${value.t}'}",
          "{'receiver': {'contacts': ['${value.c}']}, 'body': '${value.b?}', 'template': {'name':"
              + " '${value.t?}'}}",
          "{'receiver': {'contacts': [{'id': '${key}'}]}, 'body': {'type': '${value.t}', 'text':"
              + " 1}, 'tags': '${value.tags}', 'scheduledFor': '${timestamp}', 'validity':"
              + " '${value.v}'}",
        }) {
      assertThat(MessageTemplate.parse(template.replace('\'', '"')).labelled()).isFalse();
    }
  }

  @Test
  void itTellsWhichPlaceholdersFillWhichPlaces() throws Exception {
    MessageTemplate template =
        MessageTemplate.parse(
            SEND.formatted(
                ", \"tags\": [\"fixed\", \"${value.a?}\", \"${value.b:-b} ${key}\"],"
                    + " \"meta\": {\"extraInformation\": \"${value.extra?}\"}"));
    assertThat(template.placeholders(record(Map.of("value.phone", "'p'", "key", "'k'"))))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                ".receiver.contacts[0].identifierValue",
                "${value.phone}",
                ".tags[1]",
                "${value.b}, ${key}",
                ".meta.extraInformation",
                "${value.extra?}"));
  }
}
