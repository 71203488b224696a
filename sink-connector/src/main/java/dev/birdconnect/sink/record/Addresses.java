package dev.birdconnect.sink.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.common.config.Validators;
import dev.birdconnect.sink.config.IdRule;
import dev.birdconnect.sink.field.FieldPath;
import dev.birdconnect.sink.field.FieldValues;
import dev.birdconnect.sink.field.UnfitRecordException;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkRecord;

/** Finds the workspace and channel of a record. */
public final class Addresses {

  private final IdRule workspaces;
  private final IdRule channels;

  /**
   * An address and who chose it.
   *
   * @param address workspace and channel
   * @param origin {@link AddressOrigin#RECORD} when one of the two is in the record
   */
  public record Chosen(ChannelAddress address, AddressOrigin origin) {}

  private record Id(String text, boolean fromRecord) {}

  /**
   * @param workspaces how workspaces are found
   * @param channels how channels are found
   */
  public Addresses(IdRule workspaces, IdRule channels) {
    this.workspaces = workspaces;
    this.channels = channels;
  }

  /**
   * The address of a record.
   *
   * @throws UnfitRecordException when it names none, or a malformed one
   */
  public Chosen of(SinkRecord record, FieldValues fields) throws UnfitRecordException {
    Id workspace = id(workspaces, "workspace", record, fields);
    Id channel = id(channels, "channel", record, fields);
    return new Chosen(
        new ChannelAddress(workspace.text(), channel.text()),
        workspace.fromRecord() || channel.fromRecord()
            ? AddressOrigin.RECORD
            : AddressOrigin.CONFIGURED);
  }

  private static Id id(IdRule rule, String noun, SinkRecord record, FieldValues fields)
      throws UnfitRecordException {
    if (rule.path().isPresent()) {
      FieldPath path = rule.path().get();
      Optional<JsonNode> named = fields.at(path);
      if (named.isPresent()) {
        return new Id(checked(named.get(), path, noun), true);
      }
    }
    String ofTopic = record.topic() == null ? null : rule.byTopic().get(record.topic());
    if (ofTopic != null) {
      return new Id(ofTopic, false);
    }
    if (rule.preset().isPresent()) {
      return new Id(rule.preset().get(), false);
    }
    throw missing(rule, noun);
  }

  private static String checked(JsonNode id, FieldPath path, String noun)
      throws UnfitRecordException {
    if (!id.isTextual() || !Validators.isUuid(id.textValue())) {
      throw UnfitRecordException.at(
          path.text(),
          "it has to hold the id of a "
              + noun
              + ", such as 00000000-0000-0000-0000-000000000001; correct the record");
    }
    return id.textValue().toLowerCase(Locale.ROOT);
  }

  private static UnfitRecordException missing(IdRule rule, String noun) {
    String remedy = "set bird." + noun + ".id for records that name none";
    return rule.path()
        .map(
            path ->
                UnfitRecordException.at(
                    path.text(),
                    "it has to hold the id of a "
                        + noun
                        + ", but is missing or null; give it in the record, or "
                        + remedy))
        .orElseGet(
            () ->
                new UnfitRecordException(
                    "there is no "
                        + noun
                        + " for its topic; add the topic to bird."
                        + noun
                        + ".topics, or "
                        + remedy));
  }
}
