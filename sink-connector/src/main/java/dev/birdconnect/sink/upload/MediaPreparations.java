package dev.birdconnect.sink.upload;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.VerdictRules;
import dev.birdconnect.sink.delivery.Preparation;
import dev.birdconnect.sink.media.Medium;
import java.util.List;
import java.util.function.IntFunction;
import okio.ByteString;

/** Makes the preparations of sends that have media. */
public final class MediaPreparations {

  private final MediaUploads uploads;
  private final UploadVerdicts verdicts;

  /**
   * @param uploads the uploads of the task
   * @param rules what answers of the API mean
   */
  public MediaPreparations(MediaUploads uploads, VerdictRules rules) {
    this.uploads = uploads;
    this.verdicts = new UploadVerdicts(rules);
  }

  /**
   * The preparation of a send.
   *
   * @param address where the send goes through
   * @param origin where the address comes from
   * @param request the request with stand-ins
   * @param media the media of the send
   * @param contents gives the bytes of a medium by its index, when they are needed
   */
  public Preparation of(
      ChannelAddress address,
      AddressOrigin origin,
      SendRequest request,
      List<Medium> media,
      IntFunction<ByteString> contents) {
    return new MediaPreparation(uploads, verdicts, address, origin, request, media, contents);
  }
}
