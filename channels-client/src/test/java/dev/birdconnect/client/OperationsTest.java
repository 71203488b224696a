package dev.birdconnect.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.client.http.TlsSettings;
import dev.birdconnect.client.http.TransportSettings;
import dev.birdconnect.client.http.Transports;
import dev.birdconnect.client.message.UploadForm;
import dev.birdconnect.client.request.BatchRequest;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.InvalidRequestException;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.request.MediaAddress;
import dev.birdconnect.client.request.MediaFile;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.BatchVerdict;
import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.UploadOutcome;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.client.verdict.VerdictRules;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches, media and look-ups: what leaves, and what the answers become. */
class OperationsTest {

  private static final ChannelAddress ADDRESS = new ChannelAddress("w1", "c1");

  private final MockWebServer server = new MockWebServer();
  private ChannelsClient client;

  @BeforeEach
  void start() throws Exception {
    server.start();
    client =
        new ChannelsClient(
            Transports.settings(
                server.url("/").uri(), Optional.empty(), TlsSettings.ofTheRuntime(), 8),
            new RateLimits(50, 500),
            new VerdictRules(ConflictRule.REJECT));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private void enqueue(int code, String body) {
    server.enqueue(new MockResponse.Builder().code(code).body(body).build());
  }

  private static <T> T end(ApiCall<T> call) {
    return call.outcome().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static <T> T found(ApiCall<ReadOutcome<T>> call) {
    return ((ReadOutcome.Found<T>) end(call)).value();
  }

  private static SendRequest send(String text) throws Exception {
    return SendRequest.of(
        new ObjectMapper()
            .readTree(
                """
                {"receiver": {"contacts": [{"identifierValue": "+31600000001"}]},
                 "body": {"type": "text", "text": {"text": "%s"}}}
                """
                    .formatted(text)));
  }

  @Test
  void sendsABatchInItsOrder() throws Exception {
    enqueue(202, "{\"id\": \"b1\", \"more\": 1}");
    BatchRequest batch = BatchRequest.of(List.of(send("one"), send("two")));

    BatchVerdict.Accepted accepted =
        (BatchVerdict.Accepted) end(client.sendBatch(ADDRESS, AddressOrigin.CONFIGURED, batch));

    assertThat(accepted.receipt().id()).contains("b1");
    assertThat(accepted.receipt().resource().has("more")).isTrue();
    RecordedRequest request = server.takeRequest();
    assertThat(request.getTarget()).isEqualTo("/workspaces/w1/channels/c1/batch/messages");
    assertThat(request.getBody().utf8())
        .containsSubsequence("messageRequests", "\"one\"", "\"two\"");
  }

  @ParameterizedTest
  @CsvSource({
    "202,nothing,Unknown",
    "429,{},NotProcessed",
    "422,{},Rejected",
    "401,{},Denied",
    "500,{},Unknown"
  })
  void aBatchNotAcceptedHasTheVerdictOfItsSends(int status, String body, String verdict)
      throws Exception {
    enqueue(status, body);
    BatchVerdict.NotAccepted refused =
        (BatchVerdict.NotAccepted)
            end(
                client.sendBatch(
                    ADDRESS, AddressOrigin.CONFIGURED, BatchRequest.of(List.of(send("one")))));
    assertThat(refused.verdict().getClass().getSimpleName()).isEqualTo(verdict);
    assertThat(refused.verdict()).isNotInstanceOf(Verdict.Accepted.class);
  }

  @Test
  void aBatchHasOneToAHundredSendsAndAtMostSoManyBytes() throws Exception {
    assertThatThrownBy(() -> BatchRequest.of(List.of()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("1 to 100");
    SendRequest small = send("one");
    assertThat(BatchRequest.of(Collections.nCopies(100, small)).requests()).hasSize(100);
    assertThatThrownBy(() -> BatchRequest.of(Collections.nCopies(101, small)))
        .isInstanceOf(InvalidRequestException.class);

    int room =
        BatchRequest.MOST_BYTES
            - BatchRequest.overhead(2)
            - small.toJson().length
            - send("").toJson().length;
    BatchRequest full = BatchRequest.of(List.of(small, send("x".repeat(room))));
    assertThat(full.toJson()).hasSize(BatchRequest.MOST_BYTES);
    SendRequest tooLong = send("x".repeat(room + 1));
    assertThatThrownBy(() -> BatchRequest.of(List.of(small, tooLong)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("200001 bytes");
  }

  private static String form(String url, String method) {
    return """
        {"mediaUrl": "https://media.example.org/1", "uploadUrl": "%s", "uploadMethod": "%s",
         "uploadFormData": {"key": "w/1", "policy": "cG9saWN5", "Content-Type": "image/png"}}
        """
        .formatted(url, method);
  }

  @Test
  void uploadsWithTheFormsFieldsFirstAndWithoutTheKey() throws Exception {
    enqueue(200, form(server.url("/store").toString(), "POST"));
    enqueue(204, "");
    UploadForm form = found(client.uploadForm(ADDRESS, "image/png"));
    MediaFile file = MediaFile.of("a b.png", "image/png", ByteString.encodeUtf8("the bytes"));

    assertThat(end(client.upload(form, file))).isInstanceOf(UploadOutcome.Stored.class);

    RecordedRequest first = server.takeRequest();
    assertThat(first.getTarget()).isEqualTo("/workspaces/w1/channels/c1/presigned-upload");
    assertThat(first.getBody().utf8()).isEqualTo("{\"contentType\":\"image/png\"}");
    RecordedRequest second = server.takeRequest();
    assertThat(second.getTarget()).isEqualTo("/store");
    assertThat(second.getHeaders().toString()).doesNotContain("key-in-clear");
    assertThat(second.getHeaders().get("Authorization")).isNull();
    assertThat(second.getHeaders().get("Content-Type")).startsWith("multipart/form-data");
    assertThat(second.getBody().utf8())
        .containsSubsequence(
            "name=\"key\"",
            "w/1",
            "name=\"policy\"",
            "name=\"Content-Type\"",
            "name=\"file\"",
            "image/png",
            "the bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "204,Stored",
    "403,Refused",
    "301,Refused",
    "408,Unavailable",
    "429,Unavailable",
    "503,Unavailable"
  })
  void saysWhatBecameOfAnUpload(int status, String outcome) throws Exception {
    enqueue(status, "");
    UploadForm form =
        new UploadForm("m", server.url("/store").toString(), "POST", Map.of("key", "w/1"));
    MediaFile file = MediaFile.of("a", "image/png", ByteString.encodeUtf8("b"));
    assertThat(end(client.upload(form, file)).getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aFormWithoutAUsableAddressIsNoForm() throws Exception {
    enqueue(200, form("ftp://store", "POST"));
    enqueue(200, form("http://store", "DELETE"));
    assertThat(end(client.uploadForm("w1", "image/png")))
        .isInstanceOf(ReadOutcome.Unreadable.class);
    assertThat(end(client.uploadForm("w1", "image/png")))
        .isInstanceOf(ReadOutcome.Unreadable.class);
    assertThat(server.takeRequest().getTarget())
        .isEqualTo("/workspaces/w1/channel-media/presigned-upload");

    UploadForm nowhere = new UploadForm("m", "no address", "POST", Map.of());
    MediaFile file = MediaFile.of("a", "image/png", ByteString.encodeUtf8("b"));
    assertThat(end(client.upload(nowhere, file))).isInstanceOf(UploadOutcome.Unavailable.class);
  }

  @Test
  void aFileHasANameATypeAndBytes() {
    assertThatThrownBy(() -> MediaFile.of("", "png\n", ByteString.EMPTY))
        .isInstanceOfSatisfying(
            InvalidRequestException.class, e -> assertThat(e.complaints()).hasSize(3));
  }

  @Test
  void looksUp() throws Exception {
    enqueue(200, "{\"results\": []}");
    enqueue(200, "{\"results\": [{\"type\": \"opened\", \"id\": \"i1\"}]}");
    enqueue(
        200,
        "{\"serviceWindowExpireAt\": \"2031-03-01T13:00:02Z\", \"isPermanentSession\": false}");
    enqueue(200, "{\"serviceWindowExpireAt\": null}");

    assertThat(found(client.workspaceMessages("w1", ListQuery.first(5))).results()).isEmpty();
    assertThat(found(client.interactions(ADDRESS, "m1")).results())
        .singleElement()
        .satisfies(one -> assertThat(one.type()).isEqualTo("opened"));
    assertThat(found(client.contact(ADDRESS, "p/1", Optional.of("+31600000001"))))
        .satisfies(facts -> assertThat(facts.serviceWindowExpireAt()).isPresent())
        .satisfies(facts -> assertThat(facts.permanentSession()).contains(false));
    assertThat(found(client.contact(ADDRESS, "p1", Optional.empty())).serviceWindowExpireAt())
        .isEmpty();

    assertThat(server.takeRequest().getTarget())
        .isEqualTo("/workspaces/w1/channels/messages?limit=5");
    assertThat(server.takeRequest().getTarget())
        .isEqualTo("/workspaces/w1/channels/c1/messages/m1/interactions");
    assertThat(server.takeRequest().getTarget())
        .isEqualTo(
            "/workspaces/w1/channels/c1/contacts/p%2F1?contactIdentifierValue=%2B31600000001");
    assertThat(server.takeRequest().getTarget())
        .isEqualTo("/workspaces/w1/channels/c1/contacts/p1");
  }

  @Test
  void readsMedia() throws Exception {
    server.enqueue(
        new MockResponse.Builder().addHeader("Content-Type", "image/png").body("bytes").build());
    enqueue(404, "");

    assertThat(found(client.media(new MediaAddress.OfChannel(ADDRESS, List.of("a", "b")))))
        .satisfies(media -> assertThat(media.contentType()).contains("image/png"))
        .satisfies(media -> assertThat(media.content().utf8()).isEqualTo("bytes"));
    assertThat(end(client.media(new MediaAddress.OfMessage("w1", "m1", List.of("a")))))
        .isInstanceOf(ReadOutcome.Missing.class);

    assertThat(server.takeRequest().getTarget()).isEqualTo("/workspaces/w1/channels/c1/media/a/b");
    assertThat(server.takeRequest().getTarget()).isEqualTo("/workspaces/w1/messages/m1/media/a");
  }

  private static ReadOutcome.Hindrance hindrance(ReadOutcome<?> outcome) {
    return ((ReadOutcome.Unavailable<?>) outcome).hindrance();
  }

  @Test
  void aPageThatIsTooLongIsToldFromOtherFailures() {
    enqueue(200, "x".repeat(64 * 1024 * 1024 + 1));
    enqueue(503, "{}");

    ReadOutcome<?> tooLong = end(client.messages(ADDRESS, ListQuery.first(1_000)));
    assertThat(hindrance(tooLong)).isEqualTo(ReadOutcome.Hindrance.TOO_LONG);
    ReadOutcome<?> down = end(client.messages(ADDRESS, ListQuery.first(1_000)));
    assertThat(hindrance(down)).isEqualTo(ReadOutcome.Hindrance.OTHER);
  }

  @Test
  void soIsOneThatDoesNotComeInTime() {
    server.enqueue(
        new MockResponse.Builder()
            .code(200)
            .body("x".repeat(100_000))
            .throttleBody(1, 20, TimeUnit.MILLISECONDS)
            .build());
    server.enqueue(
        new MockResponse.Builder().code(200).headersDelay(30, TimeUnit.SECONDS).body("{}").build());
    try (ChannelsClient impatient = impatient()) {
      assertThat(hindrance(end(impatient.messages(ADDRESS, ListQuery.first(1_000)))))
          .as("its body is slow")
          .isEqualTo(ReadOutcome.Hindrance.TOO_SLOW);
      assertThat(hindrance(end(impatient.messages(ADDRESS, ListQuery.first(1_000)))))
          .as("it does not begin")
          .isEqualTo(ReadOutcome.Hindrance.TOO_SLOW);
    }
  }

  private ChannelsClient impatient() {
    TransportSettings usual =
        Transports.settings(server.url("/").uri(), Optional.empty(), TlsSettings.ofTheRuntime(), 8);
    return new ChannelsClient(
        new TransportSettings(
            usual.apiUrl(),
            usual.accessKey(),
            Duration.ofMillis(300),
            usual.maxInFlight(),
            usual.proxy(),
            usual.tls(),
            usual.httpVersion(),
            usual.userAgent(),
            usual.threadName()),
        new RateLimits(50, 500),
        new VerdictRules(ConflictRule.REJECT));
  }
}
