package dev.birdconnect.simulator.conformance;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_EMAIL_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_WORKSPACE_ID;

import dev.birdconnect.simulator.Api;
import dev.birdconnect.simulator.Upload;
import dev.birdconnect.simulator.contract.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Values for the paths of the document that lead to something that is there. */
public final class ProvokedAnswers {
  private ProvokedAnswers() {}

  /** Makes a message with media in it and names workspace, channel, message, contact and media. */
  static Map<String, String> ids(Api api) throws Exception {
    JsonNode form =
        api.post(
                "/workspaces/" + DEMO_WORKSPACE_ID + "/channel-media/presigned-upload",
                "{\"contentType\":\"image/png\"}")
            .json();
    Api.Reply stored = upload(api, form, "bytes".getBytes(StandardCharsets.UTF_8));
    if (stored.status() != 204) {
      throw new IllegalStateException("The upload was answered " + stored.status());
    }
    String mediaUrl = form.path("mediaUrl").asString();
    ObjectNode send = Api.text("first", "ann@example.org");
    send.set(
        "body",
        Json.mapper().readTree("{\"type\":\"gif\",\"gif\":{\"mediaUrl\":\"" + mediaUrl + "\"}}"));
    JsonNode made =
        api.post(Api.channel(DEMO_EMAIL_CHANNEL_ID) + "/messages", send.toString()).json();
    return Map.of(
        "workspaceId",
        DEMO_WORKSPACE_ID,
        "channelId",
        DEMO_EMAIL_CHANNEL_ID,
        "messageId",
        made.path("id").asString(),
        "contactId",
        "ann@example.org",
        "mediaPath",
        mediaUrl.substring(mediaUrl.lastIndexOf('/') + 1));
  }

  /** Sends a file with the fields of its form. */
  public static Api.Reply upload(Api api, JsonNode form, byte[] file) throws Exception {
    return api.call(Upload.of(form).withFile(file).request());
  }
}
