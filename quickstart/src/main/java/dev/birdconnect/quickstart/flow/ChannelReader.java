package dev.birdconnect.quickstart.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.quickstart.evidence.SentMessage;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads all messages of a channel over the API, as the witness of what was really sent. */
public final class ChannelReader {

  private static final int PAGE_SIZE = 1000;
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper json = new ObjectMapper();
  private final String listUrl;
  private final String accessKey;

  /**
   * Reads one channel.
   *
   * @param apiUrl root of the API
   * @param accessKey a key that may list the channel's messages
   * @param workspaceId the workspace
   * @param channelId the channel
   */
  public ChannelReader(URI apiUrl, String accessKey, String workspaceId, String channelId) {
    this.listUrl =
        apiUrl
            + "/workspaces/"
            + workspaceId
            + "/channels/"
            + channelId
            + "/messages?limit="
            + PAGE_SIZE;
    this.accessKey = accessKey;
  }

  /**
   * Returns the channel's messages, in no order that counts.
   *
   * @throws IllegalStateException when the list cannot be read
   */
  public List<SentMessage> read() throws InterruptedException {
    List<SentMessage> messages = new ArrayList<>();
    String url = listUrl;
    while (true) {
      JsonNode page = page(url);
      for (JsonNode message : page.path("results")) {
        messages.add(
            new SentMessage(
                message.path("id").asText(),
                SinkOrigin.of(message.path("reference").asText()),
                message.path("direction").asText().equals("outgoing"),
                message.path("status").asText(),
                Instant.parse(message.path("createdAt").asText())));
      }
      if (!page.hasNonNull("nextPageToken")) {
        return List.copyOf(messages);
      }
      String token = page.path("nextPageToken").asText();
      url = listUrl + "&pageToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }
  }

  private JsonNode page(String url) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(CALL_TIMEOUT)
            .header("Authorization", "AccessKey " + accessKey)
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(
            "The simulator answered the list of messages with " + response.statusCode() + ".");
      }
      return json.readTree(response.body());
    } catch (IOException e) {
      throw new IllegalStateException("The simulator's list of messages cannot be read.", e);
    }
  }
}
