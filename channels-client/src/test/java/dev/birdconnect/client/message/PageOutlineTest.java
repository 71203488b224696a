package dev.birdconnect.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.client.verdict.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An outline of a page says the same as the page. */
class PageOutlineTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> FIELDS =
      List.of(
          "'id': 'm%d'",
          "'channelId': 'c'",
          "'status': 'rejected'",
          "'createdAt': '2031-03-01T13:00:02Z'",
          "'lastStatusAt': '2031-03-01T13:00:02.004Z'",
          "'reference': 'r%d'",
          "'direction': 'outgoing'",
          "'reason': 'no such number'",
          "'failure': {'code': 11002, 'description': 'it is wrong', 'source': {'name': 's'}}",
          "'meta': {'order': {'id': 'meta'}, 'extraInformation': {'kafkaRecord': 'k', 'x': [1]}}",
          "'body': {'type': 'text', 'id': 'no', 'text': {'text': ['createdAt', {'status': 'no'}]}}",
          "'receiver': {'contacts': [{'id': 'no', 'reference': 'no'}]}");
  private static final List<String> ODD =
      List.of("7", "null", "'text'", "true", "[]", "[[{'id': 'm'}]]", "{}", "{'id': 7}", "1e400");

  private static byte[] bytes(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(bytes(text));
  }

  private static String entry(Random random, int number) {
    if (random.nextInt(10) == 0) {
      return ODD.get(random.nextInt(ODD.size()));
    }
    List<String> fields = new ArrayList<>();
    for (String field : FIELDS) {
      int fate = random.nextInt(20);
      if (fate == 0) {
        String name = field.substring(0, field.indexOf(':'));
        fields.add(name + ": " + ODD.get(random.nextInt(ODD.size())));
      } else if (fate > 1) {
        fields.add(field.replace("%d", Integer.toString(number)));
      }
    }
    return "{" + String.join(", ", fields) + "}";
  }

  private static String page(Random random) {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < random.nextInt(8); i++) {
      entries.add(entry(random, i));
    }
    String results = random.nextInt(20) == 0 ? "{}" : "[" + String.join(",", entries) + "]";
    String token = random.nextInt(2) == 0 ? "" : ", 'nextPageToken': 't'";
    return "{'other': {'results': []}, 'results': " + results + token + "}";
  }

  /** All that is asked of a page by whoever looks for messages. */
  private static List<Object> told(JsonNode json) {
    List<Object> told = new ArrayList<>();
    try {
      MessagePage page = MessagePage.of(json);
      told.add(page.nextPageToken());
      for (Message one : page.results()) {
        told.addAll(List.of(one.toString(), one.createdAt(), one.lastStatusAt()));
        told.addAll(List.of(one.reference(), one.direction(), one.reason()));
        told.addAll(List.of(Reason.ofRejection(one.resource()), extra(one.resource())));
      }
      for (UnreadableEntry one : page.unreadable()) {
        told.addAll(List.of(one.toString(), one.id(), one.createdAt(), one.reference()));
        told.addAll(List.of(one.tellsReference(), one.direction()));
        told.addAll(List.of(Reason.ofRejection(one.resource()), extra(one.resource())));
        told.add(one.resource().path("status"));
      }
    } catch (UnreadableResourceException e) {
      told.add(String.valueOf(e.getMessage()));
    }
    return told;
  }

  private static JsonNode extra(JsonNode resource) {
    return resource.path("meta").path("extraInformation");
  }

  @Test
  void itSaysTheSameOfAnyPage() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 5_000; i++) {
      byte[] page = bytes(page(random));

      assertThat(told(PageOutline.read(new ByteArrayInputStream(page))))
          .isEqualTo(told(MAPPER.readTree(page)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "7", "null", "[]", "[{'results': []}]", "'results'"})
  void whatIsNoPageIsNone(String text) throws IOException {
    assertThat(told(PageOutline.read(stream(text)))).isEqualTo(told(MAPPER.readTree(bytes(text))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "{'results': [{'body': }]}", "{'results': [{'body': {'a': 'b'}]}", "x"})
  void brokenJsonIsBrokenWhereverItBreaks(String text) {
    assertThatThrownBy(() -> PageOutline.read(stream(text))).isInstanceOf(IOException.class);
  }

  @Test
  void whatNobodyLooksForIsNotKept() throws IOException {
    JsonNode message =
        PageOutline.read(stream("{'results': [{" + String.join(",", FIELDS) + "}]}"))
            .path("results")
            .path(0);

    assertThat(message.has("id")).isTrue();
    assertThat(message.has("body")).isFalse();
    assertThat(message.path("meta").has("order")).isFalse();
  }
}
