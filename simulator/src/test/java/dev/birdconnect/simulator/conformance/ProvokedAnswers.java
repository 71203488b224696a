package dev.birdconnect.simulator.conformance;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_EMAIL_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_WORKSPACE_ID;

import dev.birdconnect.simulator.Api;
import dev.birdconnect.simulator.contract.Json;
import java.net.URI;
import java.net.http.HttpRequest;
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
    String boundary = "----conformance";
    StringBuilder head = new StringBuilder();
    form.path("uploadFormData")
        .properties()
        .forEach(
            field ->
                head.append("--")
                    .append(boundary)
                    .append("\r\nContent-Disposition: form-data; name=\"")
                    .append(field.getKey())
                    .append("\"\r\n\r\n")
                    .append(field.getValue().asString())
                    .append("\r\n"));
    head.append("--")
        .append(boundary)
        .append("\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n")
        .append("Content-Type: application/octet-stream\r\n\r\n");
    byte[] end = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
    return api.call(
        HttpRequest.newBuilder(URI.create(form.path("uploadUrl").asString()))
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(
                HttpRequest.BodyPublishers.concat(
                    HttpRequest.BodyPublishers.ofString(head.toString()),
                    HttpRequest.BodyPublishers.ofByteArray(file),
                    HttpRequest.BodyPublishers.ofByteArray(end))));
  }
}
