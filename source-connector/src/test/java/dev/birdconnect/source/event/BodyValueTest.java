package dev.birdconnect.source.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bodies of the documented kinds in the one typed form. */
class BodyValueTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static @Nullable Struct read(JsonNode body) {
    Struct message = new Struct(MessageSchema.VALUE);
    BodyValue.put(message, MessageSchema.VALUE.field("body"), body);
    return message.getStruct("body");
  }

  private static Struct body(String json) throws Exception {
    Struct body = read(MAPPER.readTree(json));
    assertThat(body).isNotNull();
    body.validate();
    return body;
  }

  @Test
  void text() throws Exception {
    Struct body =
        body(
            """
            {"type": "text", "text": {"text": "Hello", "metadata": {"subject": "Greeting"},
             "attachments": [{"mediaUrl": "https://m/a.pdf", "filename": "a.pdf"}],
             "actions": [
               {"type": "reply", "reply": {"text": "Yes",
                 "metadata": {"description": {"label": "agree"}}}},
               {"type": "postback", "postback": {"text": "No", "payload": "n",
                 "imageUrl": "https://m/n.png"}},
               {"type": "link", "link": {"text": "Shop", "url": "https://shop"}},
               {"type": "locationRequest", "locationRequest": null},
               {"type": "buy", "buy": {"text": "Buy", "amountCents": 995, "currency": "EUR"}}]}}""");
    assertThat(body.getString("type")).isEqualTo("text");
    assertThat(body.getString("text")).isEqualTo("Hello");
    assertThat(body.getString("subject")).isEqualTo("Greeting");
    assertThat(body.getArray("mediaUrls")).isEqualTo(List.of("https://m/a.pdf"));
    assertThat(body.<Struct>getArray("media").get(0).getString("filename")).isEqualTo("a.pdf");
    List<Struct> actions = body.getArray("actions");
    assertThat(actions)
        .extracting(action -> action.getString("type"))
        .containsExactly("reply", "postback", "link", "locationRequest", "buy");
    assertThat(actions.get(0).getString("label")).isEqualTo("agree");
    assertThat(actions.get(1).getString("payload")).isEqualTo("n");
    assertThat(actions.get(1).getString("imageUrl")).isEqualTo("https://m/n.png");
    assertThat(actions.get(2).getString("url")).isEqualTo("https://shop");
    assertThat(actions.get(3).getString("text")).isNull();
    assertThat(actions.get(4).getInt64("amountCents")).isEqualTo(995);
    assertThat(actions.get(4).getString("currency")).isEqualTo("EUR");
  }

  @Test
  void html() throws Exception {
    Struct body = body("{\"type\": \"html\", \"html\": {\"html\": \"<p>\", \"text\": \"p\"}}");
    assertThat(body.getString("html")).isEqualTo("<p>");
    assertThat(body.getString("text")).isEqualTo("p");
    assertThat(body.get("media")).isNull();
  }

  @Test
  void fileAndGif() throws Exception {
    Struct file =
        body(
            """
            {"type": "file", "file": {"files": [{"mediaUrl": "https://m/x",
             "contentType": "video/mp4", "filename": "x.mp4", "altText": "A film"}, 7]}}""");
    Struct medium = file.<Struct>getArray("media").get(0);
    assertThat(medium.getString("contentType")).isEqualTo("video/mp4");
    assertThat(medium.getString("altText")).isEqualTo("A film");
    assertThat(file.getArray("media")).hasSize(1);
    Struct gif =
        body("{\"type\": \"gif\", \"gif\": {\"mediaUrl\": \"https://m/g\", \"text\": \"ha\"}}");
    assertThat(gif.<Struct>getArray("media").get(0).getString("mediaUrl")).isEqualTo("https://m/g");
    assertThat(gif.getArray("mediaUrls")).isEqualTo(List.of("https://m/g"));
  }

  @Test
  void location() throws Exception {
    Struct location =
        body("""
                {"type": "location", "location": {"coordinates": {"latitude": 52.37,
                 "longitude": 4}, "location": {"address": "Dam 1", "label": "Depot"}}}""")
            .getStruct("location");
    assertThat(location.getFloat64("latitude")).isEqualTo(52.37);
    assertThat(location.getFloat64("longitude")).isEqualTo(4.0);
    assertThat(location.getString("address")).isEqualTo("Dam 1");
    assertThat(location.getString("label")).isEqualTo("Depot");
  }

  @Test
  void section() throws Exception {
    Struct body =
        body(
            """
            {"type": "section", "section": {"items": [
             {"type": "text", "text": {"text": "First"}},
             {"type": "gif", "gif": {"mediaUrl": "https://m/g", "altText": "a cat"}},
             {"type": "image", "image": {"images": [{"mediaUrl": "https://m/i"}]}},
             {"type": "section", "section": {"items": [
              {"type": "file", "file": {"files": [{"mediaUrl": "https://m/f"}]}}]}},
             {"type": "text"}]}}""");
    List<Struct> items = body.getArray("items");
    assertThat(items).hasSize(2);
    assertThat(items.get(0).getString("description")).isEqualTo("First");
    assertThat(items.get(1).getString("altText")).isEqualTo("a cat");
    List<String> urls = List.of("https://m/g", "https://m/i", "https://m/f");
    assertThat(body.getArray("mediaUrls")).isEqualTo(urls);
    assertThat(body.<Struct>getArray("media"))
        .extracting(medium -> medium.getString("mediaUrl"))
        .isEqualTo(urls);
  }

  @Test
  void listAndCarousel() throws Exception {
    Struct body =
        body(
            """
            {"type": "list", "list": {"title": "Times", "text": "When?", "items": [
             {"title": "Morning", "description": "9 to 12", "mediaUrl": "https://m/1",
              "altText": "sun", "actions": [{"type": "reply", "reply": {"text": "Take"}}]},
             "odd"]}}""");
    assertThat(body.getString("title")).isEqualTo("Times");
    assertThat(body.getArray("items")).hasSize(1);
    Struct item = body.<Struct>getArray("items").get(0);
    assertThat(item.getString("title")).isEqualTo("Morning");
    assertThat(item.getString("description")).isEqualTo("9 to 12");
    assertThat(item.getString("mediaUrl")).isEqualTo("https://m/1");
    assertThat(item.getString("altText")).isEqualTo("sun");
    assertThat(item.<Struct>getArray("actions").get(0).getString("text")).isEqualTo("Take");
    assertThat(body.getArray("mediaUrls")).isEqualTo(List.of("https://m/1"));
    assertThat(body.get("media")).isNull();
  }

  @Test
  void aKindThatIsNotKnownHasItsType() throws Exception {
    Struct body = body("{\"type\": \"hologram\", \"hologram\": {\"layers\": 3}}");
    assertThat(body.getString("type")).isEqualTo("hologram");
    assertThat(body.getString("text")).isNull();
    JsonNode none = MAPPER.nullNode();
    assertThat(read(none)).isNull();
  }
}
