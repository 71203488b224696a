package dev.birdconnect.sink.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.sink.field.FieldPath;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a placeholder alone is where the API takes media. */
class RecordFieldsTest {

  private static final byte[] PHOTO = {(byte) 0x89, 'P', 'N', 'G', (byte) 0xff};

  private static JsonNode medium(String path, Object key, Object value, Object header)
      throws Exception {
    SinkRecord record = new SinkRecord("t", 0, null, key, null, value, 0);
    record.headers().add("photo", header, null);
    return new RecordFields(record).medium(FieldPath.parse(path)).orElseThrow();
  }

  @Test
  void aWholeValueKeyOrHeaderInBytesStaysBytes() throws Exception {
    for (JsonNode medium :
        List.of(
            medium("value", "k", PHOTO, "h"),
            medium("key", PHOTO, "v", "h"),
            medium("header.photo", "k", "v", PHOTO),
            medium("value", "k", ByteBuffer.wrap(PHOTO), "h"))) {
      assertThat(medium.isBinary()).isTrue();
      assertThat(medium.binaryValue()).isEqualTo(PHOTO);
    }
  }

  @Test
  void soDoesAFieldOfIt() throws Exception {
    assertThat(medium("value.photo", "k", Map.of("photo", PHOTO), "h").binaryValue())
        .isEqualTo(PHOTO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://media.example.org/a",
        "http://media.example.org/a",
        "HTTPS://MEDIA.EXAMPLE.ORG/a",
        "data:image/png;base64,AQID",
        "data:,text"
      })
  void bytesThatBeginLikeAnAddressAreText(String address) throws Exception {
    byte[] utf8 = address.getBytes(StandardCharsets.UTF_8);
    assertThat(medium("value", "k", utf8, "h").textValue()).isEqualTo(address);
    assertThat(medium("header.photo", "k", "v", utf8).textValue()).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://media.example.org", " https://a", "data: a, b", "data:image/png"})
  void othersAreNot(String text) throws Exception {
    assertThat(medium("value", "k", text.getBytes(StandardCharsets.UTF_8), "h").isBinary())
        .isTrue();
  }

  @Test
  void whatIsNotThereIsMissing() throws Exception {
    SinkRecord record = new SinkRecord("t", 0, null, null, null, "v", 0);
    assertThat(new RecordFields(record).medium(FieldPath.parse("key"))).isEqualTo(Optional.empty());
    assertThat(new RecordFields(record).medium(FieldPath.parse("header.photo")))
        .isEqualTo(Optional.empty());
  }
}
