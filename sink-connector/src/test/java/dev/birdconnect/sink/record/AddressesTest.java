package dev.birdconnect.sink.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.sink.config.IdRule;
import dev.birdconnect.sink.field.FieldPath;
import dev.birdconnect.sink.field.UnfitRecordException;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class AddressesTest {

  private static final String W = "5d7d2f0e-9a3b-4f0b-8d0c-2b7c5a1e9f01";
  private static final String A = "c1a0f9f2-3b7d-4a51-9d57-0e6c2b8a4d11";
  private static final String B = "c1a0f9f2-3b7d-4a51-9d57-0e6c2b8a4d12";
  private static final IdRule WORKSPACE = new IdRule(Optional.of(W), Map.of(), Optional.empty());

  private static Addresses.Chosen of(IdRule channels, String topic, Object value)
      throws UnfitRecordException {
    SinkRecord record = new SinkRecord(topic, 0, null, null, null, value, 0);
    return new Addresses(WORKSPACE, channels).of(record, new RecordFields(record));
  }

  private static IdRule byField(String preset) throws Exception {
    return new IdRule(
        Optional.ofNullable(preset), Map.of(), Optional.of(FieldPath.parse("value.shop.channel")));
  }

  @Test
  void theTopicChoosesAndTheRestGoesThroughThePreset() throws Exception {
    IdRule rule = new IdRule(Optional.of(A), Map.of("mail", B), Optional.empty());
    assertThat(of(rule, "mail", "x"))
        .isEqualTo(new Addresses.Chosen(new ChannelAddress(W, B), AddressOrigin.CONFIGURED));
    assertThat(of(rule, "other", "x").address().channelId()).isEqualTo(A);
    assertThatThrownBy(
            () -> of(new IdRule(Optional.empty(), Map.of("mail", B), Optional.empty()), "o", "x"))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageContaining("bird.channel.topics");
  }

  @Test
  void aFieldChoosesAndIsTheRecordsOwn() throws Exception {
    Map<String, Object> value =
        Map.of("shop", Map.of("channel", B.toUpperCase(java.util.Locale.ROOT)));
    assertThat(of(byField(A), "t", value))
        .isEqualTo(new Addresses.Chosen(new ChannelAddress(W, B), AddressOrigin.RECORD));
    assertThat(of(byField(A), "t", Map.of()))
        .isEqualTo(new Addresses.Chosen(new ChannelAddress(W, A), AddressOrigin.CONFIGURED));
  }

  @Test
  void workspacesAreChosenAlike() throws Exception {
    IdRule channel = new IdRule(Optional.of(A), Map.of(), Optional.empty());
    IdRule byTopic = new IdRule(Optional.of(W), Map.of("mail", B), Optional.empty());
    IdRule byHeader =
        new IdRule(Optional.of(W), Map.of(), Optional.of(FieldPath.header("workspace")));
    SinkRecord record = new SinkRecord("mail", 0, null, null, null, "x", 0);

    assertThat(new Addresses(byTopic, channel).of(record, new RecordFields(record)))
        .isEqualTo(new Addresses.Chosen(new ChannelAddress(B, A), AddressOrigin.CONFIGURED));
    assertThat(new Addresses(byHeader, channel).of(record, new RecordFields(record)))
        .isEqualTo(new Addresses.Chosen(new ChannelAddress(W, A), AddressOrigin.CONFIGURED));
    record.headers().addString("workspace", B);
    assertThat(new Addresses(byHeader, channel).of(record, new RecordFields(record)))
        .isEqualTo(new Addresses.Chosen(new ChannelAddress(B, A), AddressOrigin.RECORD));
  }

  @Test
  void aMissingOrMalformedIdIsNamedByFieldAndRemedy() throws Exception {
    assertThatThrownBy(() -> of(byField(null), "t", Map.of("shop", Map.of())))
        .isInstanceOf(UnfitRecordException.class)
        .hasMessageStartingWith("value.shop.channel: it has to hold the id of a channel")
        .hasMessageContaining("set bird.channel.id");
    for (Object id : new Object[] {"+31600000001", 7, Map.of()}) {
      assertThatThrownBy(() -> of(byField(A), "t", Map.of("shop", Map.of("channel", id))))
          .isInstanceOf(UnfitRecordException.class)
          .hasMessageStartingWith("value.shop.channel: ")
          .hasMessageNotContaining("31600000001");
    }
  }
}
