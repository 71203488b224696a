package dev.birdconnect.sink.template;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MediaTemplateTest {

  private static String file(String fields) {
    return """
        {"receiver": {"contacts": [{"id": "c"}]},
         "body": {"type": "file", "file": {"files": [{%s}]}}}"""
        .formatted(fields);
  }

  @Test
  void aMediumNeedsNoContentTypeBesideIt() {
    for (String medium :
        new String[] {"data:application/pdf;base64,${value.pdf}", "${value.pdf}", "data:,x"}) {
      assertThatCode(() -> MessageTemplate.parse(file("\"mediaUrl\": \"" + medium + "\"")))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void anAddressDoes() {
    assertThatThrownBy(
            () -> MessageTemplate.parse(file("\"mediaUrl\": \"https://media.example.org/a\"")))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining(".body.file.files[0].contentType: the field is required");
  }

  @Test
  void aDataUriThatIsTheSameForEveryRecordIsReadAtOnce() {
    assertThatThrownBy(
            () -> MessageTemplate.parse(file("\"mediaUrl\": \"data:image/png;base64,***\"")))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining(".body.file.files[0].mediaUrl: the data URI is not base64");
  }
}
