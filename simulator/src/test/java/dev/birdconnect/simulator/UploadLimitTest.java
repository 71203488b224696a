package dev.birdconnect.simulator;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_ACCESS_KEY;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_WORKSPACE_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.media.MediaStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The largest file, through a simulator whose memory is smaller than it. */
class UploadLimitTest {
  private static final long MIB = 1024 * 1024;
  private static final byte[] BLOCK = block();
  private static final String MEMORY = "-Xmx64m";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  @Timeout(300)
  void aFileOf100MibIsTakenAndAByteMoreIsNot() throws Exception {
    assertThat(MediaStore.LARGEST_FILE).isEqualTo(100 * MIB);
    try (RunningProgram program = RunningProgram.start(List.of(MEMORY))) {
      JsonNode form = form(program);
      assertThat(upload(form, MediaStore.LARGEST_FILE).statusCode()).isEqualTo(204);
      HttpResponse<InputStream> media =
          client.send(
              HttpRequest.newBuilder(URI.create(form.path("mediaUrl").asString())).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      assertThat(media.headers().firstValueAsLong("Content-Length"))
          .hasValue(MediaStore.LARGEST_FILE);
      assertThat(checksum(media.body())).isEqualTo(checksum(noise(MediaStore.LARGEST_FILE)));

      for (long tooLarge : List.of(MediaStore.LARGEST_FILE + 1, 2 * MediaStore.LARGEST_FILE)) {
        JsonNode other = form(program);
        HttpResponse<String> refused = upload(other, tooLarge);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("<Code>EntityTooLarge</Code>");
        assertThat(status(other.path("mediaUrl").asString())).isEqualTo(404);
      }
      assertThat(status(program.url() + "/control/stats")).isEqualTo(200);
    }
  }

  private JsonNode form(RunningProgram program) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    program.url()
                        + "/workspaces/"
                        + DEMO_WORKSPACE_ID
                        + "/channel-media/presigned-upload"))
            .header("Authorization", "AccessKey " + DEMO_ACCESS_KEY)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"contentType\":\"video/mp4\"}"))
            .build();
    return Json.mapper()
        .readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private HttpResponse<String> upload(JsonNode form, long bytes) throws Exception {
    return client.send(
        Upload.of(form).withFile(bytes, () -> noise(bytes)).request().build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private int status(String url) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static long checksum(InputStream in) throws Exception {
    CheckedInputStream checked = new CheckedInputStream(in, new CRC32());
    checked.transferTo(java.io.OutputStream.nullOutputStream());
    return checked.getChecksum().getValue();
  }

  /** So many bytes, the same block again and again. */
  private static InputStream noise(long bytes) {
    List<InputStream> parts = new ArrayList<>();
    for (long left = bytes; left > 0; left -= BLOCK.length) {
      parts.add(new ByteArrayInputStream(BLOCK, 0, (int) Math.min(left, BLOCK.length)));
    }
    return new SequenceInputStream(Collections.enumeration(parts));
  }

  private static byte[] block() {
    byte[] block = new byte[(int) MIB - 1];
    new Random(1).nextBytes(block);
    return block;
  }
}
