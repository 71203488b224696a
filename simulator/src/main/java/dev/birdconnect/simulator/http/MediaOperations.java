package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Complaints;
import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.media.MediaFile;
import dev.birdconnect.simulator.media.MediaStore;
import dev.birdconnect.simulator.media.UploadForm;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.StoredMessage;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.Switch;
import dev.birdconnect.simulator.switches.SwitchValues;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The operations on media: forms for uploads, and reading the media of messages. */
final class MediaOperations {
  private final MediaStore media;
  private final Clock clock;

  MediaOperations(MediaStore media, Clock clock) {
    this.media = media;
    this.clock = clock;
  }

  Operation openForChannel() {
    return call -> {
      if (call.switches().has(Choice.FIELDS_FIRST)) {
        check(call);
      }
      return open(call, Optional.of(call.channel().id()));
    };
  }

  Operation openForWorkspace() {
    return call -> open(call, Optional.empty());
  }

  Operation readOfChannel() {
    return call -> {
      Channel channel = call.channel();
      QueryChecks.check(call);
      return read(call, channel.id());
    };
  }

  Operation readOfMessage() {
    return call -> {
      QueryChecks.check(call);
      long now = clock.millis();
      for (Channel channel : call.workspace().channels()) {
        Optional<StoredMessage> message =
            channel.find(call.messageId()).filter(m -> m.isReadable(now, call.switches()));
        if (message.isPresent()) {
          Answer whole = MessageOperations.answer(200, message.get(), now, SwitchValues.defaults());
          JsonNode resource = Json.mapper().readTree(whole.body().bytes());
          if (resource.findValues("mediaUrl").stream()
              .anyMatch(url -> url.asString("").endsWith("/" + fileId(call)))) {
            return read(call, channel.id());
          }
        }
      }
      throw new RefusedException(Errors.notFound("media"));
    };
  }

  private Answer open(Call call, Optional<UUID> channel) throws RefusedException {
    QueryChecks.check(call);
    check(call);
    UploadForm form =
        media.open(
            call.workspace().id(),
            channel,
            call.body().orElseThrow().path("contentType").asString(),
            call.switches().duration(Switch.UPLOAD_FORM_LIFE));
    ObjectNode answer =
        Json.mapper()
            .createObjectNode()
            .put("mediaUrl", call.base() + MediaStore.PATH + form.key())
            .put("uploadUrl", call.base() + StoreEndpoints.UPLOAD_PATH)
            .put("uploadMethod", "POST");
    ObjectNode fields = answer.putObject("uploadFormData");
    form.fields().forEach(fields::put);
    return Answer.json(200, answer);
  }

  private static void check(Call call) throws RefusedException {
    Complaints complaints = call.contract().checkBody(call.body().orElseThrow());
    if (!complaints.isEmpty()) {
      throw new RefusedException(Errors.invalidBody(complaints));
    }
  }

  private Answer read(Call call, UUID channel) throws RefusedException {
    MediaFile file =
        media
            .file(call.workspace().id() + "/" + fileId(call))
            .filter(f -> f.channel().map(channel::equals).orElse(true))
            .orElseThrow(() -> new RefusedException(Errors.notFound("media")));
    return content(file);
  }

  static Answer content(MediaFile file) {
    return new Answer(200, file.contentType(), Payload.of(file.content()), Map.of());
  }

  /** The last part of what follows {@code media/}: what comes before it is not documented. */
  private static String fileId(Call call) {
    String path = call.path().getOrDefault("mediaPath", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
