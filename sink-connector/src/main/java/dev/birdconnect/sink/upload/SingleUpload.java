package dev.birdconnect.sink.upload;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.MediaApi;
import dev.birdconnect.client.message.UploadForm;
import dev.birdconnect.client.request.MediaFile;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.client.verdict.UploadOutcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One upload of a medium: a form, then the file. A form that is left from an earlier try is used
 * first; when the store refuses it, as it may be too old, a fresh one is asked for at once.
 */
final class SingleUpload {

  /** Files share uploads whatever their names, so the store gets none of them. */
  private static final String FILE_NAME = "media";

  private final MediaApi api;
  private final UploadObserver observer;
  private final MediaKey key;
  private final Supplier<ByteString> content;
  private final CompletableFuture<Result> result = new CompletableFuture<>();
  private @Nullable ApiCall<?> call;
  private boolean cancelled;

  /** What came out. */
  sealed interface Result {
    record Stored(String mediaUrl) implements Result {}

    record NoForm(ReadOutcome<UploadForm> outcome) implements Result {}

    /** The store refused a form that was fresh. */
    record Refused(Reason reason) implements Result {}

    /** The form is still good for another try. */
    record Unavailable(Reason reason, UploadForm form) implements Result {}
  }

  /**
   * @param content gives the bytes when they are needed, and no earlier
   */
  SingleUpload(MediaApi api, UploadObserver observer, MediaKey key, Supplier<ByteString> content) {
    this.api = api;
    this.observer = observer;
    this.key = key;
    this.content = content;
  }

  /**
   * Begins.
   *
   * @param left a form from an earlier try
   * @return what comes out; exceptional only when the bytes cannot be had
   */
  CompletableFuture<Result> begin(Optional<UploadForm> left) {
    if (left.isPresent()) {
      store(left.get(), false);
    } else {
      askForForm();
    }
    return result;
  }

  private void askForForm() {
    observer.formAsked();
    follow(
        api.uploadForm(key.address(), key.contentType()),
        outcome -> {
          if (outcome instanceof ReadOutcome.Found<UploadForm> found) {
            store(found.value(), true);
          } else {
            result.complete(new Result.NoForm(outcome));
          }
        });
  }

  private void store(UploadForm form, boolean fresh) {
    MediaFile file = new MediaFile(FILE_NAME, key.contentType(), content.get());
    follow(
        api.upload(form, file),
        outcome -> {
          if (outcome instanceof UploadOutcome.Stored) {
            result.complete(new Result.Stored(form.mediaUrl()));
          } else if (outcome instanceof UploadOutcome.Unavailable unavailable) {
            result.complete(new Result.Unavailable(unavailable.reason(), form));
          } else if (outcome instanceof UploadOutcome.Refused refused && fresh) {
            result.complete(new Result.Refused(refused.reason()));
          } else {
            askForForm();
          }
        });
  }

  private <T> void follow(ApiCall<T> started, Consumer<T> next) {
    synchronized (this) {
      call = started;
      if (cancelled) {
        started.cancel();
      }
    }
    var unused =
        started
            .outcome()
            .thenAccept(next)
            .exceptionally(
                error -> {
                  result.completeExceptionally(error);
                  return null;
                });
  }

  /** Breaks it off; the result still comes. */
  synchronized void cancel() {
    cancelled = true;
    if (call != null) {
      call.cancel();
    }
  }
}
