package dev.birdconnect.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page that is read in parts says the same as one that is read whole. */
class PageReaderTest {

  private static MessagePage read(String text) throws UnreadableResourceException {
    return PageReader.read(ByteString.of(RandomPages.bytes(text)));
  }

  private static String message(String id, String body) {
    return "{'body': "
        + body
        + ", 'id': '"
        + id
        + "', 'channelId': 'c', 'status': 'sent', 'createdAt': '2031-03-01T13:00:02Z',"
        + " 'lastStatusAt': '2031-03-01T13:00:03Z', 'scheduledFor': '2031-03-02T00:00:00Z'}";
  }

  private static Object told(ByteString json) {
    try {
      return PageReader.read(json);
    } catch (UnreadableResourceException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Object toldWhole(JsonNode json) {
    try {
      return MessagePage.of(json);
    } catch (UnreadableResourceException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void itSaysTheSameOfAnyPage() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < 5_000; i++) {
      byte[] page = RandomPages.bytes(RandomPages.page(random));

      assertThat(told(ByteString.of(page))).isEqualTo(toldWhole(ExactJson.read(page)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "7",
        "null",
        "[]",
        "[{'results': []}]",
        "'results'",
        "{'results': {}}",
        "{'results': null}",
        "{'results': [], 'nextPageToken': 7}",
        "{'results': [], 'nextPageToken': ''}",
        "{'results': [], 'results': [1], 'nextPageToken': 'a', 'nextPageToken': 'b'}",
        "{'results': [1], 'results': {}}",
        "{'results': {}, 'results': [[], {}, 'text', 7]}",
        "{'results': [{'id': 'a', 'id': 7}]} trailing"
      })
  void itSaysTheSameOfAnOddPage(String text) throws Exception {
    byte[] page = RandomPages.bytes(text);

    assertThat(told(ByteString.of(page))).isEqualTo(toldWhole(ExactJson.read(page)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "x",
        "{'results': [",
        "{'results': [{'body': }]}",
        "{'results': [{]"
      })
  void whatIsNoPageIsRefused(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UnreadableResourceException.class)
        .hasMessage("the field results is not a list");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE", "UTF-32BE"})
  void aPageMayBeginWithAByteOrderMark(String charset) throws Exception {
    String page = "\uFEFF{'results': [ " + message("a", "'\u00fc'") + " ]}";
    byte[] bytes = page.replace('\'', '"').getBytes(Charset.forName(charset));

    MessagePage read = PageReader.read(ByteString.of(bytes));

    assertThat(read.results().get(0).resource().path("body").textValue()).isEqualTo("\u00fc");
  }

  @Test
  void eachMessageIsCutOutOfALongPageWhereItLies() throws Exception {
    StringBuilder page = new StringBuilder("{ 'results' : [ ");
    for (int i = 0; i < 500; i++) {
      String body = "{ 'text' : '" + "\u20ac}],\ud83d\ude00".repeat(i % 50) + "' }";
      page.append(i == 0 ? "" : " ,\n ").append(message("m" + i, body));
    }
    byte[] bytes = RandomPages.bytes(page + " ] }");

    assertThat(PageReader.read(ByteString.of(bytes)))
        .isEqualTo(MessagePage.of(ExactJson.read(bytes)));
  }

  @Test
  void aMessageIsNotReadWholeBeforeItIsAskedFor() throws Exception {
    Message message =
        read("{'results': [" + message("a", "{'type': 'text'}") + "]}").results().get(0);

    assertThat(message.id()).isEqualTo("a");
    assertThat(message.status()).isEqualTo(MessageStatus.SENT);
    assertThat(message.createdAt()).isEqualTo("2031-03-01T13:00:02Z");
    assertThat(message.lastStatusAt()).isEqualTo("2031-03-01T13:00:03Z");
    assertThat(message.scheduledFor()).contains(Instant.parse("2031-03-02T00:00:00Z"));
    assertThat(message.whole().toString()).matches("Resource\\[\\d+ bytes]");
    assertThat(message.resource().path("body").path("type").textValue()).isEqualTo("text");
    assertThat(message.whole().toString()).isEqualTo("Resource[read]");
  }

  @Test
  void numbersKeepTheirDigits() throws Exception {
    String body = "{'price':12.50,'sum':1234567890123456.789,'x':1E+400,'n':123456789012345678901}";

    Message message = read("{'results': [" + message("a", body) + "]}").results().get(0);

    assertThat(message.resource().path("body").toString()).isEqualTo(body.replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999999999",
        "1e-999999999",
        "-1e2147483648",
        "1e-2147483648",
        "1e99999999999999999999",
        "1e-99999999999999999999"
      })
  void anExponentOfAnySizeIsReadAndWritten(String number) throws Exception {
    MessagePage page = read("{'results': [" + message("a", number) + ", " + number + "]}");

    assertThat(page.results().get(0).resource().path("body").toString()).hasSizeLessThan(30);
    assertThat(page.unreadable().get(0).resource().toString()).hasSizeLessThan(30);
  }

  /** The JSON library has a bound of its own for a text, which the page has passed by then. */
  @Test
  void aTextMayBeAsLongAsItsPage() throws Exception {
    int length = 20_000_001;
    byte[] page =
        ("{\"results\":[" + message("a", "'" + "x".repeat(length) + "'").replace('\'', '"') + "]}")
            .getBytes(StandardCharsets.UTF_8);

    Message message = PageReader.read(ByteString.of(page)).results().get(0);

    assertThat(message.resource().path("body").textValue().length()).isEqualTo(length);
  }
}
