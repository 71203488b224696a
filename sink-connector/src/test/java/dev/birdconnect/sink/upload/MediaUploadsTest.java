package dev.birdconnect.sink.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.message.UploadForm;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.client.verdict.UploadOutcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import okio.ByteString;
import org.junit.jupiter.api.Test;

class MediaUploadsTest {

  private static final ChannelAddress CHANNEL = new ChannelAddress("w", "c");
  private static final Duration AGE = Duration.ofMinutes(10);

  private final FakeMediaApi api = new FakeMediaApi();
  private final int[] counts = new int[4];
  private long now;

  private final UploadObserver observer =
      new UploadObserver() {
        @Override
        public void formAsked() {
          counts[0]++;
        }

        @Override
        public void uploaded(long bytes, long nanos) {
          counts[1]++;
        }

        @Override
        public void failed() {
          counts[2]++;
        }

        @Override
        public void shared() {
          counts[3]++;
        }
      };

  private MediaUploads uploads(int most, long bytes, int entries) {
    return new MediaUploads(api, new UploadBounds(most, bytes, entries, AGE), () -> now, observer);
  }

  private final MediaUploads uploads = uploads(10, 1000, 2);

  private static MediaKey key(String content) {
    return new MediaKey(CHANNEL, "image/png", ByteString.encodeUtf8(content).sha256());
  }

  private static CompletableFuture<UploadEnd> future(ApiCall<UploadEnd> call) {
    return call.outcome().toCompletableFuture();
  }

  private ApiCall<UploadEnd> begin(MediaUploads to, String content) {
    return to.upload(key(content), content.length(), () -> ByteString.encodeUtf8(content));
  }

  private CompletableFuture<UploadEnd> upload(String content) {
    return future(begin(uploads, content));
  }

  @Test
  void aFormIsAskedForThenTheFileGoes() {
    CompletableFuture<UploadEnd> end = upload("abc");
    assertThat(api.formTypes).containsExactly("image/png");
    assertThat(api.files).as("bytes are read when they are needed").isEmpty();
    api.giveForm("1");
    assertThat(api.files.get(0).content().utf8()).isEqualTo("abc");
    assertThat(api.files.get(0).contentType()).isEqualTo("image/png");
    api.endUpload(new UploadOutcome.Stored());
    assertThat(end).isCompletedWithValue(new UploadEnd.Uploaded("https://media.example/1", true));
    assertThat(counts).containsExactly(1, 1, 0, 0);
  }

  @Test
  void equalMediaUnderWayAndOfAShortTimeAgoShareOneUpload() {
    CompletableFuture<UploadEnd> first = upload("abc");
    CompletableFuture<UploadEnd> second = upload("abc");
    api.stored("1");
    CompletableFuture<UploadEnd> third = upload("abc");

    assertThat(first).isCompletedWithValue(new UploadEnd.Uploaded("https://media.example/1", true));
    assertThat(second)
        .isCompletedWithValue(new UploadEnd.Uploaded("https://media.example/1", true));
    assertThat(third)
        .isCompletedWithValue(new UploadEnd.Uploaded("https://media.example/1", false));
    assertThat(api.uploads).hasSize(1);
    assertThat(counts).containsExactly(1, 1, 0, 2);
  }

  @Test
  void otherChannelsTypesAndBytesDoNot() {
    assertThat(upload("abc")).isNotDone();
    assertThat(upload("abd")).isNotDone();
    uploads.upload(
        new MediaKey(new ChannelAddress("w", "d"), "image/png", key("abc").digest()),
        3,
        () -> ByteString.encodeUtf8("abc"));
    uploads.upload(
        new MediaKey(CHANNEL, "image/gif", key("abc").digest()),
        3,
        () -> ByteString.encodeUtf8("abc"));
    assertThat(api.forms).hasSize(4);
  }

  @Test
  void anAddressIsUsedAgainForABoundedTimeFromItsUploadOn() {
    assertThat(upload("abc")).isNotDone();
    api.stored("1");
    now = AGE.toNanos() - 1;
    assertThat(upload("abc")).isDone();
    now++;
    assertThat(upload("abc")).isNotDone();
    assertThat(api.forms).hasSize(2);
  }

  @Test
  void onlySoManyAddressesAreRemembered() {
    for (String content : new String[] {"a", "b", "c"}) {
      assertThat(upload(content)).isNotDone();
      api.stored(content);
    }
    assertThat(upload("c")).isDone();
    assertThat(upload("b")).isDone();
    assertThat(upload("a")).isNotDone();
  }

  @Test
  void withoutACacheEachIsUploaded() {
    MediaUploads none = uploads(10, 1000, 0);
    begin(none, "a");
    api.stored("1");
    begin(none, "a");
    assertThat(api.forms).hasSize(2);
  }

  @Test
  void uploadsAreBoundedInNumber() {
    MediaUploads narrow = uploads(2, 1000, 10);
    begin(narrow, "a");
    begin(narrow, "b");
    begin(narrow, "c");
    assertThat(api.forms).hasSize(2);
    api.stored("b");
    assertThat(api.forms).hasSize(3);
  }

  @Test
  void uploadsAreBoundedInBytesAndALargeOneGoesAlone() {
    MediaUploads narrow = uploads(10, 10, 10);
    begin(narrow, "x".repeat(50));
    begin(narrow, "12345678");
    begin(narrow, "ab");
    begin(narrow, "cd");
    assertThat(api.forms).hasSize(1);
    api.stored("large");
    assertThat(api.forms).as("eight and two bytes").hasSize(3);
  }

  @Test
  void aRepeatUsesTheSameForm() {
    CompletableFuture<UploadEnd> end = upload("abc");
    api.giveForm("1");
    api.endUpload(FakeMediaApi.unavailable());
    assertThat(end).isCompletedWithValueMatching(UploadEnd.Unavailable.class::isInstance);

    CompletableFuture<UploadEnd> again = upload("abc");
    api.endUpload(new UploadOutcome.Stored());

    assertThat(again).isCompletedWithValue(new UploadEnd.Uploaded("https://media.example/1", true));
    assertThat(api.forms).hasSize(1);
    assertThat(counts).containsExactly(1, 1, 1, 0);
  }

  @Test
  void aFormThatHasExpiredMeanwhileIsReplacedAtOnceAndNotCounted() {
    assertThat(upload("abc")).isNotDone();
    api.giveForm("1");
    api.endUpload(FakeMediaApi.unavailable());
    CompletableFuture<UploadEnd> again = upload("abc");
    api.endUpload(FakeMediaApi.refused());
    assertThat(again).isNotDone();
    api.giveForm("2");
    api.endUpload(FakeMediaApi.refused());

    assertThat(again)
        .isCompletedWithValue(new UploadEnd.Refused(Reason.of("the store answered 403"), 1));
    assertThat(api.usedForms)
        .extracting(form -> form.mediaUrl().substring("https://media.example/".length()))
        .containsExactly("1", "1", "2");
  }

  @Test
  void refusalsOfFreshFormsAreCountedUntilOneIsTaken() {
    for (int times = 1; times <= 3; times++) {
      CompletableFuture<UploadEnd> end = upload("abc");
      api.giveForm("1");
      api.endUpload(FakeMediaApi.refused());
      assertThat(((UploadEnd.Refused) end.join()).times()).isEqualTo(times);
    }
    assertThat(upload("abc")).isNotDone();
    api.stored("2");
    uploads.forget(key("abc"));
    CompletableFuture<UploadEnd> end = upload("abc");
    api.giveForm("3");
    api.endUpload(FakeMediaApi.refused());
    assertThat(((UploadEnd.Refused) end.join()).times()).isEqualTo(1);
  }

  @Test
  void withoutAFormNothingGoes() {
    CompletableFuture<UploadEnd> end = upload("abc");
    ReadOutcome<UploadForm> denied = new ReadOutcome.Denied<>(Reason.of("no"));
    api.forms.get(0).outcome.complete(denied);
    assertThat(end).isCompletedWithValue(new UploadEnd.NoForm(denied));
    assertThat(api.uploads).isEmpty();
  }

  @Test
  void anUploadIsBrokenOffWhenNobodyWantsItAnyMore() {
    ApiCall<UploadEnd> first = begin(uploads, "abc");
    ApiCall<UploadEnd> second = begin(uploads, "abc");
    first.cancel();
    assertThat(future(first)).isCompletedWithValueMatching(UploadEnd.Unavailable.class::isInstance);
    assertThat(api.forms.get(0).cancelled).isFalse();
    assertThat(future(second)).isNotDone();
    second.cancel();
    assertThat(api.forms.get(0).cancelled).isTrue();
  }

  @Test
  void oneThatWaitsForItsTurnIsTakenOff() {
    MediaUploads narrow = uploads(1, 1000, 10);
    begin(narrow, "a");
    begin(narrow, "b").cancel();
    begin(narrow, "c");
    api.stored("a");
    assertThat(api.forms).hasSize(2);
    api.stored("c");
    assertThat(api.files.get(1).content().utf8()).isEqualTo("c");
  }

  @Test
  void bytesThatCannotBeHadBreakTheCallAndFreeThePlace() {
    MediaUploads narrow = uploads(1, 1000, 10);
    CompletableFuture<UploadEnd> broken =
        future(
            narrow.upload(
                key("a"),
                1,
                () -> {
                  throw new IllegalStateException("changed");
                }));
    api.giveForm("1");
    assertThat(broken).isCompletedExceptionally();
    begin(narrow, "b");
    assertThat(api.forms).hasSize(2);
  }
}
