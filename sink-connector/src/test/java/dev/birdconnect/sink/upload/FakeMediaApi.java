package dev.birdconnect.sink.upload;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.MediaApi;
import dev.birdconnect.client.message.Media;
import dev.birdconnect.client.message.UploadForm;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.MediaAddress;
import dev.birdconnect.client.request.MediaFile;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.client.verdict.UploadOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The API and its store, whose answers the test gives. */
public final class FakeMediaApi implements MediaApi {

  /** A call that the test ends. */
  static final class Call<T> implements ApiCall<T> {
    final CompletableFuture<T> outcome = new CompletableFuture<>();
    boolean cancelled;

    @Override
    public CompletionStage<T> outcome() {
      return outcome;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  final List<Call<ReadOutcome<UploadForm>>> forms = new ArrayList<>();
  final List<String> formTypes = new ArrayList<>();
  final List<Call<UploadOutcome>> uploads = new ArrayList<>();
  final List<UploadForm> usedForms = new ArrayList<>();
  final List<MediaFile> files = new ArrayList<>();

  static UploadForm form(String name) {
    return new UploadForm(
        "https://media.example/" + name, "https://store.example", "POST", Map.of());
  }

  void giveForm(String name) {
    forms
        .get(forms.size() - 1)
        .outcome
        .complete(new ReadOutcome.Found<>(form(name), Optional.empty()));
  }

  void endUpload(UploadOutcome outcome) {
    uploads.get(uploads.size() - 1).outcome.complete(outcome);
  }

  void stored(String name) {
    giveForm(name);
    endUpload(new UploadOutcome.Stored());
  }

  static UploadOutcome refused() {
    return new UploadOutcome.Refused(Reason.of("the store answered 403"));
  }

  static UploadOutcome unavailable() {
    return new UploadOutcome.Unavailable(Reason.of("the store answered 503"));
  }

  @Override
  public ApiCall<ReadOutcome<UploadForm>> uploadForm(ChannelAddress address, String contentType) {
    formTypes.add(contentType);
    forms.add(new Call<>());
    return forms.get(forms.size() - 1);
  }

  @Override
  public ApiCall<ReadOutcome<UploadForm>> uploadForm(String workspaceId, String contentType) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ApiCall<UploadOutcome> upload(UploadForm form, MediaFile file) {
    usedForms.add(form);
    files.add(file);
    uploads.add(new Call<>());
    return uploads.get(uploads.size() - 1);
  }

  @Override
  public ApiCall<ReadOutcome<Media>> media(MediaAddress address) {
    throw new UnsupportedOperationException();
  }
}
