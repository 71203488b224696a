package dev.birdconnect.sink.upload;

import com.fasterxml.jackson.core.JsonPointer;
import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.InvalidRequestException;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.Complaint;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.sink.delivery.Preparation;
import dev.birdconnect.sink.delivery.Prepared;
import dev.birdconnect.sink.delivery.Prepared.NotReady;
import dev.birdconnect.sink.delivery.Prepared.Place;
import dev.birdconnect.sink.media.Medium;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import okio.ByteString;

/**
 * Uploads the media of a send and puts their addresses into its request. The request's size is
 * checked again then, as the addresses are not known before.
 */
final class MediaPreparation implements Preparation {

  private static final String MEDIA_URL = "mediaUrl";

  private final MediaUploads uploads;
  private final UploadVerdicts verdicts;
  private final AddressOrigin origin;
  private final SendRequest request;
  private final List<Medium> media;
  private final List<MediaKey> keys;
  private final IntFunction<ByteString> contents;
  private final AtomicBoolean uploadedAnew = new AtomicBoolean();

  MediaPreparation(
      MediaUploads uploads,
      UploadVerdicts verdicts,
      ChannelAddress address,
      AddressOrigin origin,
      SendRequest request,
      List<Medium> media,
      IntFunction<ByteString> contents) {
    this.uploads = uploads;
    this.verdicts = verdicts;
    this.origin = origin;
    this.request = request;
    this.media = List.copyOf(media);
    this.keys =
        media.stream()
            .map(medium -> new MediaKey(address, medium.contentType(), medium.digest()))
            .toList();
    this.contents = contents;
  }

  @Override
  public ApiCall<Prepared> begin() {
    List<ApiCall<UploadEnd>> calls = new ArrayList<>();
    for (int i = 0; i < media.size(); i++) {
      int index = i;
      calls.add(uploads.upload(keys.get(i), media.get(i).size(), () -> contents.apply(index)));
    }
    List<CompletableFuture<UploadEnd>> ends =
        calls.stream().map(call -> call.outcome().toCompletableFuture()).toList();
    CompletableFuture<Prepared> all =
        CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
            .thenApply(done -> prepared(ends.stream().map(CompletableFuture::join).toList()));
    return new ApiCall<>() {
      @Override
      public CompletionStage<Prepared> outcome() {
        return all;
      }

      @Override
      public void cancel() {
        calls.forEach(ApiCall::cancel);
      }
    };
  }

  private Prepared prepared(List<UploadEnd> ends) {
    Map<JsonPointer, String> addresses = new HashMap<>();
    List<NotReady> failures = new ArrayList<>();
    boolean known = false;
    for (int i = 0; i < ends.size(); i++) {
      Medium medium = media.get(i);
      if (ends.get(i) instanceof UploadEnd.Uploaded uploaded) {
        addresses.put(medium.place(), uploaded.mediaUrl());
        known |= !uploaded.fresh();
      } else {
        NotReady failure = verdicts.of(ends.get(i), medium.path(), origin);
        if (failure.verdict() instanceof Verdict.Rejected) {
          uploads.forgive(keys.get(i));
        }
        failures.add(failure);
      }
    }
    Optional<NotReady> gravest = gravest(failures);
    return gravest.isPresent() ? gravest.get() : filled(addresses, known);
  }

  /** What stops the task goes before what ends the send, and that before what is repeated. */
  private static Optional<NotReady> gravest(List<NotReady> failures) {
    return failures.stream()
        .filter(failure -> failure.verdict() instanceof Verdict.Denied)
        .findFirst()
        .or(
            () ->
                failures.stream()
                    .filter(failure -> failure.verdict() instanceof Verdict.Rejected)
                    .findFirst())
        .or(() -> failures.stream().findFirst());
  }

  private Prepared filled(Map<JsonPointer, String> addresses, boolean known) {
    SendRequest filled = request.withTexts(addresses);
    try {
      filled.checkSize();
    } catch (InvalidRequestException e) {
      return new NotReady(
          new Verdict.Rejected(Reason.of(String.valueOf(e.getMessage()))), Place.ELSEWHERE);
    }
    return new Prepared.Ready(filled, verdict -> read(verdict, known));
  }

  /**
   * A request that is refused because of an address that was known from earlier may be good with a
   * fresh one. It made no message, so it is repeated, once.
   */
  private Verdict read(Verdict verdict, boolean known) {
    if (!(verdict instanceof Verdict.Rejected rejected)
        || rejected.reason().complaint().filter(MediaPreparation::isAboutMedia).isEmpty()) {
      return verdict;
    }
    keys.forEach(uploads::forget);
    return known && uploadedAnew.compareAndSet(false, true)
        ? new Verdict.NotProcessed(rejected.reason(), Optional.empty())
        : verdict;
  }

  private static boolean isAboutMedia(Complaint complaint) {
    return complaint.details().keySet().stream().anyMatch(path -> path.contains(MEDIA_URL))
        || complaint.message().filter(text -> text.contains(MEDIA_URL)).isPresent();
  }
}
