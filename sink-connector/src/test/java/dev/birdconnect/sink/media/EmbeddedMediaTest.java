package dev.birdconnect.sink.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.sink.field.UnfitRecordException;
import java.util.Optional;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedMediaTest {

  private static final byte[] PNG = ByteString.decodeHex("89504e470d0a1a0a00").toByteArray();
  private static final String PNG_URI = "data:image/png;base64," + ByteString.of(PNG).base64();

  private static JsonNode body(String type, String content) throws Exception {
    return new ObjectMapper()
        .readTree(
            "{'body': {'type': '%1$s', '%1$s': %2$s}}".formatted(type, content).replace('\'', '"'));
  }

  private static EmbeddedMedia takenOut(JsonNode tree) throws UnfitRecordException {
    return EmbeddedMedia.takenOutOf(tree, Optional.empty());
  }

  private static ObjectNode file(JsonNode tree) {
    return (ObjectNode) tree.at("/body/file/files/0");
  }

  @Test
  void aDataUriIsTakenOutAndTheTreeGivenStays() throws Exception {
    JsonNode tree =
        body(
            "image",
            "{'images': [{'mediaUrl': 'https://a.example'}, {'mediaUrl': '%s'}]}"
                .formatted(PNG_URI));

    EmbeddedMedia media = takenOut(tree);

    assertThat(media.tree().at("/body/image/images/1/mediaUrl").textValue())
        .isEqualTo(EmbeddedMedia.STAND_IN);
    assertThat(media.tree().at("/body/image/images/0/mediaUrl").textValue())
        .isEqualTo("https://a.example");
    assertThat(tree.at("/body/image/images/1/mediaUrl").textValue()).isEqualTo(PNG_URI);
    assertThat(media.found()).hasSize(1);
    Medium medium = media.found().get(0).medium();
    assertThat(medium.path()).isEqualTo(".body.image.images[1].mediaUrl");
    assertThat(medium.contentType()).isEqualTo("image/png");
    assertThat(medium.size()).isEqualTo(PNG.length);
    assertThat(medium.digest()).isEqualTo(ByteString.of(PNG).sha256());
    assertThat(media.found().get(0).content()).isEqualTo(ByteString.of(PNG));
    assertThat(media.toString()).doesNotContain(ByteString.of(PNG).hex(), medium.digest().hex());
  }

  @Test
  void bytesAreTakenOutAndAFileGetsItsType() throws Exception {
    JsonNode tree = body("file", "{'files': [{}]}");
    file(tree).put("mediaUrl", PNG);

    EmbeddedMedia media = takenOut(tree);

    assertThat(file(media.tree()).get("contentType").textValue()).isEqualTo("image/png");
    assertThat(file(tree).has("contentType")).isFalse();
  }

  @Test
  void theTypeIsToldByTheUriThenTheFieldThenTheBytesThenTheNameThenTheSetting() throws Exception {
    String unknown = "data:;base64,AQID";
    JsonNode all = body("file", "{'files': [{'contentType': 'a/field', 'filename': 'a.pdf'}]}");
    assertThat(type(all, "data:a/uri;base64," + ByteString.of(PNG).base64())).isEqualTo("a/uri");
    assertThat(type(all, "data:;base64," + ByteString.of(PNG).base64())).isEqualTo("a/field");
    assertThat(file(all).get("contentType").textValue()).isEqualTo("a/field");
    file(all).remove("contentType");
    assertThat(type(all, "data:;base64," + ByteString.of(PNG).base64())).isEqualTo("image/png");
    assertThat(type(all, unknown)).isEqualTo("application/pdf");
    file(all).remove("filename");
    assertThat(type(all, unknown)).isEqualTo("a/setting");
  }

  private static String type(JsonNode tree, String mediaUrl) throws UnfitRecordException {
    file(tree).put("mediaUrl", mediaUrl);
    return EmbeddedMedia.takenOutOf(tree, Optional.of("a/setting"))
        .found()
        .get(0)
        .medium()
        .contentType();
  }

  @Test
  void whatCannotBeUploadedIsNamedByPlaceAndRemedy() throws Exception {
    JsonNode tree = body("gif", "{}");
    ObjectNode gif = (ObjectNode) tree.at("/body/gif");
    gif.put("mediaUrl", new byte[] {1, 2, 3});
    assertThatThrownBy(() -> takenOut(tree))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageStartingWith(".body.gif.mediaUrl: the type of the media is not told")
        .hasMessageContaining("media.content.type");
    gif.put("mediaUrl", new byte[0]);
    assertThatThrownBy(() -> takenOut(tree)).hasMessageContaining("the media has 0 bytes");
    gif.put("mediaUrl", new byte[100 * 1024 * 1024 + 1]);
    assertThatThrownBy(() -> takenOut(tree)).hasMessageContaining("the media has 104857601 bytes");
    gif.put("mediaUrl", "data:secret;base64,AQID");
    assertThatThrownBy(() -> takenOut(tree))
        .hasMessageContaining("no media type")
        .hasMessageNotContaining("secret");
    gif.put("mediaUrl", "data:image/gif");
    assertThatThrownBy(() -> takenOut(tree))
        .hasMessageStartingWith(".body.gif.mediaUrl: the data URI has no comma");
  }

  @Test
  void aByteIsEnoughAndAHundredMebibytesAreNotTooMuch() throws Exception {
    JsonNode tree = body("gif", "{}");
    ObjectNode gif = (ObjectNode) tree.at("/body/gif");
    for (int size : new int[] {1, 100 << 20}) {
      gif.put("mediaUrl", new byte[size]);
      assertThat(EmbeddedMedia.takenOutOf(tree, Optional.of("image/gif")).found())
          .extracting(found -> found.medium().size())
          .containsExactly(size);
    }
  }

  @Test
  void whatHasNoMediaIsTheSameTree() throws Exception {
    JsonNode tree = body("gif", "{'mediaUrl': 'https://a.example'}");
    assertThat(takenOut(tree).tree()).isSameAs(tree);
  }

  @Test
  void anAttachmentWithItsContentIsLeftToTheApi() throws Exception {
    JsonNode tree =
        body(
            "html",
            "{'html': 'x', 'attachments': [{'filename': 'a.pdf', 'contentType':"
                + " 'application/pdf', 'content': 'AQID'}]}");
    assertThat(takenOut(tree).tree()).isSameAs(tree);
    ((ObjectNode) tree.at("/body/html/attachments/0")).put("content", PNG);
    assertThat(takenOut(tree).found()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "89504e470d0a1a0a, image/png",
    "ffd8ffdb0043, image/jpeg",
    "ffd8ffe00010, image/jpeg",
    "474946383961, image/gif",
    "52494646000000005745425056503820, image/webp",
    "524946460000000057415645, audio/wav",
    "255044462d312e37, application/pdf",
    "00000018667479706d703432, video/mp4",
    "000000186674797069736f6d, video/mp4",
    "00000018667479703367703400, video/3gpp",
    "0000001466747970717420200000, video/quicktime",
    "00000018667479704d344120, audio/mp4",
    "4f6767530002, audio/ogg",
    "000000186674797068656963, image/heic",
    "000000186674797061766966, image/avif",
    "1a45dfa30100, video/webm",
    "474946383761, image/gif",
    "494433030000, audio/mpeg",
    "fffb9000, audio/mpeg",
    "2321414d520a, audio/amr",
    "504b0304,",
    "00,",
    "524946460000000041564920,"
  })
  void bytesAreRecognised(String hex, String type) {
    assertThat(ContentTypes.of(ByteString.decodeHex(hex))).isEqualTo(Optional.ofNullable(type));
  }

  @Test
  void namesAreRecognised() {
    assertThat(ContentTypes.ofName("terms.pdf")).contains("application/pdf");
    assertThat(ContentTypes.ofName("no ending")).isEmpty();
  }
}
