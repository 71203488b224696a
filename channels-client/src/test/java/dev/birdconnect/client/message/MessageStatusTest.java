package dev.birdconnect.client.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageStatusTest {

  @ParameterizedTest
  @CsvSource({
    "accepted, false",
    "scheduled, false",
    "processing, false",
    "sent, false",
    "delivered, true",
    "rejected, true",
    "sending_failed, true",
    "delivery_failed, true",
    "skipped, true",
    "deleted, true"
  })
  void whatIsListedIsTheSameObjectEachTime(String name, boolean isFinal) {
    MessageStatus status = MessageStatus.named(name);
    assertThat(status).isSameAs(MessageStatus.named(new String(name))).hasToString(name);
    assertThat(status.isFinal()).isEqualTo(isFinal);
  }

  @Test
  void whatIsNotListedIsKeptAndOpen() {
    MessageStatus status = MessageStatus.named("paused");
    assertThat(status).isEqualTo(new MessageStatus("paused"));
    assertThat(status.isFinal()).isFalse();
  }
}
