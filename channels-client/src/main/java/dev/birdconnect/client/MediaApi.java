package dev.birdconnect.client;

import dev.birdconnect.client.message.Media;
import dev.birdconnect.client.message.UploadForm;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.MediaAddress;
import dev.birdconnect.client.request.MediaFile;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.UploadOutcome;

/** Files of messages (section 12 of the API reference). */
public interface MediaApi {

  /**
   * Asks for a form to upload a file with, for use in this channel (page <i>Messaging</i>). Counts
   * as a POST; it makes nothing, so it may be repeated.
   */
  ApiCall<ReadOutcome<UploadForm>> uploadForm(ChannelAddress address, String contentType);

  /** As {@link #uploadForm(ChannelAddress, String)}, for use in any channel of the workspace. */
  ApiCall<ReadOutcome<UploadForm>> uploadForm(String workspaceId, String contentType);

  /**
   * Uploads a file to the store that a form names. The access key is not sent; proxy and TLS
   * settings hold for this call too. It is no request to the API and takes no permit.
   */
  ApiCall<UploadOutcome> upload(UploadForm form, MediaFile file);

  /** Reads a medium of a message; path patterns only are documented (page <i>Messaging</i>). */
  ApiCall<ReadOutcome<Media>> media(MediaAddress address);
}
