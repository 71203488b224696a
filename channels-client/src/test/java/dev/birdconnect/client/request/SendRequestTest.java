package dev.birdconnect.client.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendRequestTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String TO =
      "\"receiver\": {\"contacts\": [{\"identifierValue\": \"+31600000001\"}]}";
  private static final String BODY =
      "\"body\": {\"type\": \"text\", \"text\": {\"text\": \"Hello\"}}";

  private static JsonNode json(String text) throws Exception {
    return MAPPER.readTree(text);
  }

  private static InvalidRequestException refusal(String text) {
    return catchThrowableOfType(InvalidRequestException.class, () -> SendRequest.of(json(text)));
  }

  @Test
  void takesTheSmallestRequestAsItIs() throws Exception {
    String text = "{" + TO + ", " + BODY + "}";
    assertThat(
            json(
                new String(
                    SendRequest.of(json(text)).toJson(), java.nio.charset.StandardCharsets.UTF_8)))
        .isEqualTo(json(text));
  }

  @Test
  void takesSectionsInSections() throws Exception {
    String section =
        "{\"type\": \"section\", \"section\": {\"items\": [%s, {\"type\": \"gif\", \"gif\": {\"mediaUrl\": \"https://m.example.org/ok.gif\"}}]}}";
    String nested = section.formatted("{\"type\": \"text\", \"text\": {\"text\": \"a\"}}");
    String text = "{" + TO + ", \"body\": " + section.formatted(nested) + "}";
    assertThat(SendRequest.of(json(text)).tree()).isEqualTo(json(text));

    assertThat(
            refusal("{" + TO + ", \"body\": " + section.formatted(section.formatted(nested)) + "}"))
        .hasMessageContaining(".body.section.items[0].section.items[0].type");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"phone\": 1|.phone|there is no such field",
        "\"body\": {\"type\": \"text\", \"text\": {\"text\": \"a\", \"colour\": \"red\"}}|.body.text.colour|there is no such field",
        "\"body\": {\"type\": \"text\"}|.body.text|required",
        "\"body\": {\"type\": \"telegram\"}|.body.type|one of action, authentication",
        "\"body\": {\"type\": \"text\", \"text\": {\"text\": 7}}|.body.text.text|must be text",
        "\"tags\": \"a\"|.tags|must be a list",
        "\"tags\": [1]|.tags[0]|must be text",
        "\"meta\": []|.meta|must be an object",
        "\"validity\": 1.5|.validity|whole number",
        "\"capFrequency\": \"yes\"|.capFrequency|true or false",
        "\"template\": {}|.body|both there",
        "\"receiver\": {}|.receiver.contacts|no contact",
        "\"receiver\": {\"contacts\": []}|.receiver.contacts|no contact",
        "\"receiver\": null|.receiver|required",
        "\"body\": null|.body|neither body nor template",
        "\"body\": {\"type\": \"html\", \"html\": {\"actions\": []}}|.body.html|text and html"
      })
  void namesTheFieldAndTheRemedy(String change, String path, String remedy) {
    String field = change.substring(0, change.indexOf(':'));
    StringBuilder text = new StringBuilder("{");
    for (String part : new String[] {TO, BODY}) {
      if (!part.startsWith(field)) {
        text.append(part).append(", ");
      }
    }
    InvalidRequestException refusal = refusal(text + change + "}");
    assertThat(refusal.complaints())
        .anySatisfy(
            complaint -> {
              assertThat(complaint.path()).isEqualTo(path);
              assertThat(complaint.complaint()).contains(remedy);
            });
  }

  @Test
  void leavesOutNullsExceptWhereKeysAreTheUsersOwn() throws Exception {
    JsonNode tree =
        SendRequest.of(
                json(
                    "{"
                        + TO
                        + ", "
                        + BODY
                        + ", \"reference\": null, \"template\": null,"
                        + " \"meta\": {\"extraInformation\": {\"a\": null, \"b\": {\"c\": 1}}}}"))
            .tree();
    assertThat(tree.has("reference")).isFalse();
    assertThat(tree.has("template")).isFalse();
    assertThat(tree.at("/meta/extraInformation").has("a")).isTrue();
    assertThat(tree.at("/meta/extraInformation/b/c").intValue()).isEqualTo(1);
  }

  @Test
  void aLabelAndCoordinatesAreAddedToACopy() throws Exception {
    SendRequest plain =
        SendRequest.of(
            json("{" + TO + ", " + BODY + ", \"meta\": {\"extraInformation\": {\"a\": \"1\"}}}"));

    SendRequest labelled = plain.withReference("r").withExtraInformation(Map.of("b", "2"));

    assertThat(plain.reference()).isEmpty();
    assertThat(plain.tree().at("/meta/extraInformation").size()).isEqualTo(1);
    assertThat(labelled.reference()).contains("r");
    assertThat(labelled.tree().at("/meta/extraInformation/a").textValue()).isEqualTo("1");
    assertThat(labelled.tree().at("/meta/extraInformation/b").textValue()).isEqualTo("2");
  }

  @Test
  void textsAreReplacedInACopy() throws Exception {
    SendRequest request =
        SendRequest.of(
            json(
                "{"
                    + TO
                    + ", \"body\": {\"type\": \"image\", \"image\": {\"images\": [{\"mediaUrl\": \"a\"},"
                    + " {\"mediaUrl\": \"b\"}]}}}"));
    JsonPointer second = JsonPointer.compile("/body/image/images/1/mediaUrl");

    SendRequest filled = request.withTexts(Map.of(second, "c"));

    assertThat(filled.tree().at(second).textValue()).isEqualTo("c");
    assertThat(filled.tree().at("/body/image/images/0/mediaUrl").textValue()).isEqualTo("a");
    assertThat(request.tree().at(second).textValue()).isEqualTo("b");
    JsonPointer nowhere = JsonPointer.compile("/body/image/images/2/mediaUrl");
    assertThatThrownBy(() -> request.withTexts(Map.of(nowhere, "c")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bytesAreBase64WhereATextBelongs() throws Exception {
    ObjectNode tree = (ObjectNode) json("{" + TO + ", \"body\": {\"type\": \"html\"}}");
    ((ObjectNode) tree.get("body"))
        .putObject("html")
        .put("html", "x")
        .putArray("attachments")
        .addObject()
        .put("filename", "a")
        .put("contentType", "application/pdf")
        .put("content", new byte[] {1, 2, 3, (byte) 0xff});

    assertThat(SendRequest.of(tree).tree().at("/body/html/attachments/0/content").textValue())
        .isEqualTo("AQID/w==");
  }

  @Test
  void showsNoValue() throws Exception {
    assertThat(SendRequest.of(json("{" + TO + ", " + BODY + "}")).toString())
        .doesNotContain("31600000001", "Hello");
    assertThat(refusal("{" + TO + ", \"body\": \"Hello\"}").getMessage()).doesNotContain("Hello");
    for (String name : List.of("+31600000001", "t31600000001", "ann@example.org", "Dear Ann")) {
      assertThat(refusal("{" + TO + ", " + BODY + ", \"" + name + "\": 1}").getMessage())
          .contains(".[key]: there is no such field")
          .doesNotContain(name);
    }
  }
}
