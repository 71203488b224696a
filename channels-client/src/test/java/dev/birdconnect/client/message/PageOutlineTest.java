package dev.birdconnect.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.client.verdict.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An outline of a page says the same as the page. */
class PageOutlineTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

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

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(RandomPages.bytes(text));
  }

  private static JsonNode extra(JsonNode resource) {
    return resource.path("meta").path("extraInformation");
  }

  @Test
  void itSaysTheSameOfAnyPage() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 5_000; i++) {
      byte[] page = RandomPages.bytes(RandomPages.page(random));

      assertThat(told(PageOutline.read(new ByteArrayInputStream(page))))
          .isEqualTo(told(MAPPER.readTree(page)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "7", "null", "[]", "[{'results': []}]", "'results'"})
  void whatIsNoPageIsNone(String text) throws IOException {
    assertThat(told(PageOutline.read(stream(text))))
        .isEqualTo(told(MAPPER.readTree(RandomPages.bytes(text))));
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
        PageOutline.read(stream("{'results': [{" + String.join(",", RandomPages.FIELDS) + "}]}"))
            .path("results")
            .path(0);

    assertThat(message.has("id")).isTrue();
    assertThat(message.has("body")).isFalse();
    assertThat(message.path("meta").has("order")).isFalse();
  }
}
