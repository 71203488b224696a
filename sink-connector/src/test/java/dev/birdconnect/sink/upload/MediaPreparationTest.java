package dev.birdconnect.sink.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.message.UploadForm;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.Complaint;
import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.client.verdict.UploadOutcome;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.client.verdict.VerdictRules;
import dev.birdconnect.sink.delivery.Preparation;
import dev.birdconnect.sink.delivery.Prepared;
import dev.birdconnect.sink.delivery.Prepared.NotReady;
import dev.birdconnect.sink.delivery.Prepared.Place;
import dev.birdconnect.sink.delivery.Prepared.Ready;
import dev.birdconnect.sink.media.Medium;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import okio.ByteString;
import org.junit.jupiter.api.Test;

class MediaPreparationTest {

  private static final String FIRST = ".body.image.images[0].mediaUrl";
  private static final JsonPointer SECOND_PLACE =
      JsonPointer.compile("/body/image/images/1/mediaUrl");

  private final FakeMediaApi api = new FakeMediaApi();
  private final MediaPreparations preparations =
      new MediaPreparations(
          new MediaUploads(
              api,
              new UploadBounds(10, 1000, 10, Duration.ofMinutes(1)),
              () -> 0,
              UploadObserver.none()),
          new VerdictRules(ConflictRule.REJECT));

  private static Medium medium(int index, String content) {
    return new Medium(
        JsonPointer.compile("/body/image/images/" + index + "/mediaUrl"),
        ".body.image.images[" + index + "].mediaUrl",
        "image/png",
        ByteString.encodeUtf8(content).sha256(),
        content.length());
  }

  private static SendRequest request(String text) throws Exception {
    return SendRequest.of(
        new ObjectMapper()
            .readTree(
                """
                {"receiver": {"contacts": [{"id": "c"}]},
                 "body": {"type": "image", "image": {"text": "%s", "images": [
                   {"mediaUrl": "stand-in"}, {"mediaUrl": "stand-in"}]}}}"""
                    .formatted(text)));
  }

  private Preparation preparation(SendRequest request, AddressOrigin origin, String... contents) {
    List<Medium> media =
        IntStream.range(0, contents.length).mapToObj(i -> medium(i, contents[i])).toList();
    return preparations.of(
        new ChannelAddress("w", "c"),
        origin,
        request,
        media,
        index -> ByteString.encodeUtf8(contents[index]));
  }

  private Preparation preparation(String... contents) throws Exception {
    return preparation(request("x"), AddressOrigin.CONFIGURED, contents);
  }

  private static CompletableFuture<Prepared> begin(Preparation preparation) {
    return preparation.begin().outcome().toCompletableFuture();
  }

  private static Reason answered(int status, Map<String, List<String>> details) {
    return Reason.of(new Complaint(status, Optional.empty(), Optional.empty(), details));
  }

  private static Verdict rejectedAt(String path) {
    return new Verdict.Rejected(answered(422, Map.of(path, List.of("is not good"))));
  }

  private void form(ReadOutcome<UploadForm> outcome) {
    api.forms.get(api.forms.size() - 1).outcome.complete(outcome);
  }

  @Test
  void theAddressesComeIntoTheirPlaces() throws Exception {
    CompletableFuture<Prepared> end = begin(preparation("a", "b"));
    api.forms
        .get(1)
        .outcome
        .complete(new ReadOutcome.Found<>(FakeMediaApi.form("b"), Optional.empty()));
    api.endUpload(new UploadOutcome.Stored());
    assertThat(end).isNotDone();
    api.forms
        .get(0)
        .outcome
        .complete(new ReadOutcome.Found<>(FakeMediaApi.form("a"), Optional.empty()));
    api.endUpload(new UploadOutcome.Stored());

    SendRequest filled = ((Ready) end.join()).request();
    assertThat(filled.tree().at("/body/image/images/0/mediaUrl").textValue())
        .isEqualTo("https://media.example/a");
    assertThat(filled.tree().at(SECOND_PLACE).textValue()).isEqualTo("https://media.example/b");
  }

  @Test
  void equalMediaOfOneSendAreUploadedOnce() throws Exception {
    CompletableFuture<Prepared> end = begin(preparation("a", "a"));
    assertThat(api.forms).hasSize(1);
    api.stored("a");
    assertThat(((Ready) end.join()).request().tree().at(SECOND_PLACE).textValue())
        .isEqualTo("https://media.example/a");
  }

  @Test
  void theSizeIsCheckedWithTheAddresses() throws Exception {
    CompletableFuture<Prepared> end =
        begin(preparation(request("x".repeat(199_800)), AddressOrigin.CONFIGURED, "a"));
    api.stored("a".repeat(300));
    NotReady failure = (NotReady) end.join();
    assertThat(failure.place()).isEqualTo(Place.ELSEWHERE);
    assertThat(failure.verdict())
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            verdict -> assertThat(verdict.reason().sentence()).contains(".body: the request has"));
  }

  @Test
  void aFormThatIsDeniedStopsTheTaskAndOneOfARecordsChannelRejectsTheRecord() throws Exception {
    CompletableFuture<Prepared> configured = begin(preparation("a"));
    form(new ReadOutcome.Denied<>(answered(403, Map.of())));
    CompletableFuture<Prepared> ofRecord =
        begin(preparation(request("x"), AddressOrigin.RECORD, "a"));
    form(new ReadOutcome.Missing<>(answered(404, Map.of())));

    NotReady denied = (NotReady) configured.join();
    assertThat(denied.place()).isEqualTo(Place.API);
    assertThat(denied.verdict())
        .isInstanceOfSatisfying(
            Verdict.Denied.class,
            verdict ->
                assertThat(verdict.reason().sentence())
                    .startsWith(FIRST + ": the media could not be uploaded: ")
                    .contains("403"));
    assertThat(((NotReady) ofRecord.join()).verdict())
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            verdict -> assertThat(verdict.reason().sentence()).startsWith(FIRST));
  }

  @Test
  void tooManyRequestsForFormsAreRepeatedWhenTheApiSays() throws Exception {
    CompletableFuture<Prepared> end = begin(preparation("a"));
    form(
        new ReadOutcome.Unavailable<>(answered(429, Map.of()), Optional.of(Duration.ofSeconds(7))));
    NotReady failure = (NotReady) end.join();
    assertThat(failure.place()).isEqualTo(Place.API);
    assertThat(failure.verdict())
        .isInstanceOfSatisfying(
            Verdict.NotProcessed.class,
            verdict -> {
              assertThat(verdict.retryAfter()).contains(Duration.ofSeconds(7));
              assertThat(verdict.reason().complaint()).isPresent();
            });
  }

  @Test
  void aStoreThatDoesNotAnswerIsNoMatterOfTheApi() throws Exception {
    CompletableFuture<Prepared> end = begin(preparation("a"));
    api.giveForm("a");
    api.endUpload(FakeMediaApi.unavailable());
    NotReady failure = (NotReady) end.join();
    assertThat(failure.place()).isEqualTo(Place.ELSEWHERE);
    assertThat(failure.verdict()).isInstanceOf(Verdict.NotProcessed.class);
  }

  @Test
  void aStoreThatRefusesIsAskedAgainAWhileLaterAndRejectsAtLast() throws Exception {
    Preparation preparation = preparation("a");
    for (int times = 1; times < UploadVerdicts.MOST_REFUSALS; times++) {
      assertThat(refused(preparation))
          .isInstanceOfSatisfying(
              Verdict.NotProcessed.class,
              verdict -> assertThat(verdict.retryAfter()).contains(UploadVerdicts.AFTER_A_REFUSAL));
    }
    assertThat(refused(preparation))
        .isInstanceOfSatisfying(
            Verdict.Rejected.class,
            verdict ->
                assertThat(verdict.reason().sentence())
                    .startsWith(FIRST + ": the store refused the media 5 times"));
    assertThat(refused(preparation("a")))
        .as("another record")
        .isInstanceOf(Verdict.NotProcessed.class);
  }

  private Verdict refused(Preparation preparation) {
    CompletableFuture<Prepared> end = begin(preparation);
    api.giveForm("a");
    api.endUpload(FakeMediaApi.refused());
    NotReady failure = (NotReady) end.join();
    assertThat(failure.place()).isEqualTo(Place.ELSEWHERE);
    return failure.verdict();
  }

  @Test
  void theGravestFailureCounts() throws Exception {
    CompletableFuture<Prepared> end = begin(preparation("a", "b"));
    api.forms
        .get(0)
        .outcome
        .complete(new ReadOutcome.Unavailable<>(answered(503, Map.of()), Optional.empty()));
    api.forms.get(1).outcome.complete(new ReadOutcome.Denied<>(answered(401, Map.of())));
    assertThat(((NotReady) end.join()).verdict()).isInstanceOf(Verdict.Denied.class);
  }

  @Test
  void anOldAddressThatIsComplainedAboutIsReplacedOnce() throws Exception {
    assertThat(begin(preparation("a"))).isNotDone();
    api.stored("old");
    Preparation other = preparation("a");
    Ready ready = (Ready) begin(other).join();
    assertThat(ready.reading().apply(rejectedAt(FIRST))).isInstanceOf(Verdict.NotProcessed.class);

    CompletableFuture<Prepared> again = begin(other);
    assertThat(api.forms).as("uploaded anew").hasSize(2);
    api.stored("new");
    Ready fresh = (Ready) again.join();

    assertThat(fresh.reading().apply(rejectedAt(FIRST))).isInstanceOf(Verdict.Rejected.class);
    assertThat(begin(preparation("a"))).isNotDone();
    assertThat(api.forms).as("forgotten again").hasSize(3);
  }

  @Test
  void otherComplaintsAndVerdictsStay() throws Exception {
    assertThat(begin(preparation("a"))).isNotDone();
    api.stored("a");
    Ready ready = (Ready) begin(preparation("a")).join();
    Verdict elsewhere = rejectedAt(".body.image.text");
    Verdict unknown = new Verdict.Unknown(answered(503, Map.of()));
    assertThat(ready.reading().apply(elsewhere)).isSameAs(elsewhere);
    assertThat(ready.reading().apply(unknown)).isSameAs(unknown);
    assertThat(begin(preparation("a"))).as("still known").isDone();
  }

  @Test
  void cancellingGivesUpAllUploads() throws Exception {
    ApiCall<Prepared> call = preparation("a", "b").begin();
    call.cancel();
    assertThat(api.forms).allMatch(form -> form.cancelled);
    assertThat(call.outcome().toCompletableFuture())
        .isCompletedWithValueMatching(NotReady.class::isInstance);
  }
}
