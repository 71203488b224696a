package dev.birdconnect.client.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediaPlacesTest {

  private static List<String> paths(String json) throws Exception {
    return MediaPlaces.of(new ObjectMapper().readTree(json)).stream()
        .map(MediaPlaces.Place::path)
        .toList();
  }

  private static List<String> inBody(String type, String content) throws Exception {
    return paths(
        "{'body': {'type': '%1$s', '%1$s': %2$s}}".formatted(type, content).replace('\'', '"'));
  }

  @Test
  void everyKindOfBodyIsKnown() throws Exception {
    assertThat(inBody("image", "{'images': [{'mediaUrl': 'a'}, {'mediaUrl': 'b'}]}"))
        .containsExactly(".body.image.images[0].mediaUrl", ".body.image.images[1].mediaUrl");
    assertThat(inBody("file", "{'files': [{'mediaUrl': 'a'}]}"))
        .containsExactly(".body.file.files[0].mediaUrl");
    assertThat(inBody("gif", "{'mediaUrl': 'a'}")).containsExactly(".body.gif.mediaUrl");
    assertThat(inBody("carousel", "{'items': [{'title': 't'}, {'mediaUrl': 'a'}]}"))
        .containsExactly(".body.carousel.items[1].mediaUrl");
    assertThat(inBody("list", "{'text': 't', 'items': [{'mediaUrl': 'a'}]}"))
        .containsExactly(".body.list.items[0].mediaUrl");
    assertThat(inBody("text", "{'text': 't', 'attachments': [{'mediaUrl': 'a'}]}"))
        .containsExactly(".body.text.attachments[0].mediaUrl");
    assertThat(inBody("html", "{'html': 't', 'attachments': [{'mediaUrl': 'a'}]}"))
        .containsExactly(".body.html.attachments[0].mediaUrl");
    assertThat(
            inBody(
                "section",
                "{'items': [{'type': 'gif', 'gif': {'mediaUrl': 'a'}}, {'type': 'section', 'section':"
                    + " {'items': [{'type': 'image', 'image': {'images': [{'mediaUrl': 'b'}]}}]}}]}"))
        .containsExactly(
            ".body.section.items[0].gif.mediaUrl",
            ".body.section.items[1].section.items[0].image.images[0].mediaUrl");
    assertThat(paths("{\"template\": {\"attachments\": [{\"mediaUrl\": \"a\"}]}}"))
        .containsExactly(".template.attachments[0].mediaUrl");
  }

  @Test
  void whatTheUserCallsSoIsNoPlace() throws Exception {
    assertThat(
            paths(
                """
                {"meta": {"extraInformation": {"mediaUrl": "a"}},
                 "template": {"variables": {"mediaUrl": "a"},
                              "parameters": [{"type": "object", "key": "k", "value": {"mediaUrl": "a"}}]},
                 "body": {"type": "text", "text": {"text": "x", "mediaUrl": "a",
                   "actions": [{"type": "link", "link": {"text": "t", "url": "u", "mediaUrl": "a"}}]}}}"""))
        .isEmpty();
  }

  @Test
  void whatHasNotTheFormOfASendIsPassedOver() throws Exception {
    assertThat(paths("[]")).isEmpty();
    assertThat(paths("{\"body\": 3}")).isEmpty();
    assertThat(paths("{\"body\": {\"type\": \"image\", \"image\": {\"images\": {}}}}")).isEmpty();
    assertThat(paths("{\"body\": {\"type\": \"gif\", \"gif\": {\"mediaUrl\": null}}}")).isEmpty();
  }

  @Test
  void aTypeThatIsNotKnownYetIsTakenFromTheField() throws Exception {
    assertThat(paths("{\"body\": {\"type\": \"${value.type}\", \"gif\": {\"mediaUrl\": \"a\"}}}"))
        .containsExactly(".body.gif.mediaUrl");
  }

  @Test
  void aFileNeedsItsContentTypeBesideAndAnAttachmentDoesNot() throws Exception {
    JsonNode file =
        new ObjectMapper()
            .readTree(
                "{\"body\": {\"type\": \"file\", \"file\": {\"files\": [{\"mediaUrl\": \"a\"}]}}}");
    JsonNode attachment =
        new ObjectMapper()
            .readTree(
                "{\"body\": {\"type\": \"html\", \"html\": {\"attachments\": [{\"mediaUrl\":"
                    + " \"a\"}]}}}");

    MediaPlaces.Place place = MediaPlaces.of(file).get(0);
    assertThat(place.needsContentType()).isTrue();
    assertThat(place.value().textValue()).isEqualTo("a");
    assertThat(file.at(place.pointer())).isSameAs(place.value());
    assertThat(place.holder()).isSameAs(file.at("/body/file/files/0"));
    assertThat(MediaPlaces.of(attachment).get(0).needsContentType()).isFalse();
    assertThat(place).hasToString("Place[.body.file.files[0].mediaUrl]");
  }
}
