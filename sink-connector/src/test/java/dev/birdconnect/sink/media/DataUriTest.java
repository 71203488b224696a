package dev.birdconnect.sink.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.sink.field.UnfitRecordException;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataUriTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data:image/png;base64,AQL/|image/png|0102ff",
        "DATA:image/png;BASE64,AQL/|image/png|0102ff",
        "data:image/png;base64,AQL_|image/png|0102ff",
        "data:image/png;base64,AQL%2F|image/png|0102ff",
        "data:;base64,AQ==|''|01",
        "data:;base64,AQ|''|01",
        "data:,a%20b%ff|''|612062ff",
        "data:text/plain;charset=utf-8,a,b|text/plain;charset=utf-8|612c62",
        "data:;charset=utf-8,a|''|61"
      })
  void everyFormIsRead(String text, String type, String hex) throws Exception {
    assertThat(DataUri.isOne(text)).isTrue();
    DataUri uri = DataUri.parse(text);
    assertThat(uri.contentType()).isEqualTo(type);
    assertThat(uri.content()).isEqualTo(ByteString.decodeHex(hex));
  }

  @Test
  void lineBreaksInBase64AreTaken() throws Exception {
    assertThat(DataUri.parse("data:image/png;base64,AQ\r\nL/").content())
        .isEqualTo(ByteString.decodeHex("0102ff"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data:image/png;base64|no comma",
        "data:image/png;base64,secret***|not base64",
        "data:image/png;base64,secre|not base64",
        "data:,secret%2|percent sign",
        "data:,secret%zz|percent sign"
      })
  void whatCannotBeReadIsNamedAndNotShown(String text, String complaint) {
    assertThatThrownBy(() -> DataUri.parse(text))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageContaining(complaint)
        .hasMessageNotContaining("secre");
  }

  @Test
  void anAddressIsNone() {
    assertThat(DataUri.isOne("https://media.example.org/data:a")).isFalse();
    assertThat(DataUri.isOne("dat")).isFalse();
  }
}
