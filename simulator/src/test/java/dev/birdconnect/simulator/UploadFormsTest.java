package dev.birdconnect.simulator;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_SMS_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_WORKSPACE_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.simulator.Api.Reply;
import dev.birdconnect.simulator.media.MediaStore;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the store of media takes: the form as it was given, in time, with the file at its end. */
class UploadFormsTest {
  private static final byte[] FILE = "a file".getBytes(StandardCharsets.UTF_8);

  private final ManualClock clock = new ManualClock(Instant.parse("2031-03-01T13:00:00Z"));
  private final Simulator simulator =
      Simulator.start(SimulatorSettings.demo().withoutRateLimits().withClock(clock));
  private final Api api = new Api(simulator);

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void aMediaUrlIsReadableOnlyAfterTheUploadAndWithoutAKey() throws Exception {
    JsonNode form = form();
    assertThat(media(form).status()).isEqualTo(404);
    assertThat(media(form).response().body()).contains("<Code>NoSuchKey</Code>");

    assertThat(upload(Upload.of(form).withFile(FILE)).status()).isEqualTo(204);
    Reply media = media(form);
    assertThat(media.status()).isEqualTo(200);
    assertThat(media.response().body()).isEqualTo("a file");
    assertThat(media.header("Content-Type")).isEqualTo("image/png");
    assertThat(media.header("Content-Length")).isEqualTo("6");
    assertThat(simulator.mediaStore().authorizedRequests()).isZero();
    assertThat(stored()).hasSize(1);
  }

  @Test
  void everyFieldHasToBeThatOfTheForm() throws Exception {
    JsonNode form = form();
    List<String> fields = new ArrayList<>(Upload.of(form).fields().keySet());
    assertThat(fields).contains("key", "policy", "Content-Type", "acl", "bucket");
    for (String field : fields) {
      denied(Upload.of(form).with(field, "changed"));
      denied(Upload.of(form).without(field));
      denied(Upload.of(form).without(field).withLater(field, Upload.of(form).fields().get(field)));
    }
    denied(Upload.of(form).with("key", Upload.of(form()).fields().get("key")));
    denied(Upload.of(form).with("more", "than the form has"));
    assertThat(media(form).status()).isEqualTo(404);
    assertThat(simulator.mediaStore().uploads()).isZero();
  }

  @Test
  void fieldsAfterTheFileAreNotLookedAt() throws Exception {
    JsonNode form = form();
    Upload upload = Upload.of(form).withFile(FILE).withLater("policy", "x").withLater("more", "y");
    assertThat(upload(upload).status()).isEqualTo(204);
    assertThat(media(form).response().body()).isEqualTo("a file");
  }

  @Test
  void aFormEndsInTime() throws Exception {
    JsonNode form = form();
    clock.advance(Duration.ofMinutes(15).minusMillis(1));
    assertThat(upload(Upload.of(form).withFile(FILE)).status()).isEqualTo(204);
    clock.advance(Duration.ofMillis(1));
    denied(Upload.of(form));
    assertThat(media(form).status()).as("what was uploaded before").isEqualTo(200);
  }

  @Test
  void whatIsNoFormWithAFileIsRefused() throws Exception {
    JsonNode form = form();
    refused(upload(Upload.of(form).withoutFile()), "InvalidArgument");
    Upload large = Upload.of(form).with("acl", "x".repeat(MediaStore.LARGEST_FIELD + 1));
    refused(upload(large), "MaxPostPreDataLengthExceeded");
    URI url = URI.create(form.path("uploadUrl").asString());
    refused(
        api.call(
            HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))),
        "MalformedPOSTRequest");
    refused(
        api.call(
            HttpRequest.newBuilder(url)
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(HttpRequest.BodyPublishers.ofString("--b\r\nthis is cut"))),
        "MalformedPOSTRequest");
    assertThat(simulator.mediaStore().uploads()).isZero();
    assertThat(stored()).isEmpty();
  }

  @Test
  void anEmptyFileIsAFileAndALaterOneTakesItsPlace() throws Exception {
    JsonNode form = form();
    assertThat(upload(Upload.of(form)).status()).isEqualTo(204);
    assertThat(media(form).response().body()).isEmpty();
    assertThat(upload(Upload.of(form).withFile(FILE)).status()).isEqualTo(204);
    assertThat(media(form).response().body()).isEqualTo("a file");
    assertThat(stored()).hasSize(1);
  }

  @Test
  void aFormOfAChannelIsForThatChannelOnly() throws Exception {
    JsonNode form =
        api.post(
                Api.channel(DEMO_SMS_CHANNEL_ID) + "/presigned-upload",
                "{\"contentType\":\"image/png\"}")
            .json();
    assertThat(upload(Upload.of(form).withFile(FILE)).status()).isEqualTo(204);
    String url = form.path("mediaUrl").asString();
    String file = url.substring(url.lastIndexOf('/') + 1);
    assertThat(api.get(Api.channel(DEMO_SMS_CHANNEL_ID) + "/media/" + file).status())
        .isEqualTo(200);
    assertThat(
            api.get(Api.channel(SimulatorSettings.DEMO_EMAIL_CHANNEL_ID) + "/media/" + file)
                .status())
        .isEqualTo(404);
  }

  @Test
  void aKeyShownToTheStoreIsCounted() throws Exception {
    Upload upload = Upload.of(form()).withFile(FILE);
    api.call(upload.request().header("Authorization", "AccessKey demo-access-key"));
    assertThat(simulator.mediaStore().authorizedRequests()).isEqualTo(1);
  }

  private JsonNode form() throws Exception {
    return api.post(
            "/workspaces/" + DEMO_WORKSPACE_ID + "/channel-media/presigned-upload",
            "{\"contentType\":\"image/png\"}")
        .json();
  }

  private Reply upload(Upload upload) throws Exception {
    return api.call(upload.request());
  }

  private Reply media(JsonNode form) throws Exception {
    return api.call(HttpRequest.newBuilder(URI.create(form.path("mediaUrl").asString())));
  }

  private void denied(Upload upload) throws Exception {
    Reply reply = upload(upload.withFile(FILE));
    assertThat(reply.status()).as("%s", upload.fields()).isEqualTo(403);
    assertThat(reply.response().body()).contains("<Code>AccessDenied</Code>");
  }

  private static void refused(Reply reply, String code) {
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.header("Content-Type")).isEqualTo("application/xml");
    assertThat(reply.response().body()).contains("<Code>" + code + "</Code>");
  }

  private List<Path> stored() throws Exception {
    try (Stream<Path> files = Files.list(simulator.mediaStore().directory())) {
      return files.toList();
    }
  }
}
