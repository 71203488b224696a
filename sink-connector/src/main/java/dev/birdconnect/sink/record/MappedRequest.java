package dev.birdconnect.sink.record;

import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.sink.media.EmbeddedMedia;
import java.util.List;

/**
 * The request that a record makes.
 *
 * @param request the request, with stand-ins for its media
 * @param media the media to be uploaded, with their bytes: not to be held for long
 */
public record MappedRequest(SendRequest request, List<EmbeddedMedia.Found> media) {

  public MappedRequest {
    media = List.copyOf(media);
  }
}
