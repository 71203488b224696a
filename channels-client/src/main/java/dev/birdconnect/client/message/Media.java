package dev.birdconnect.client.message;

import java.util.Optional;
import okio.ByteString;

/**
 * A medium of a message.
 *
 * @param contentType its media type as sent, where it was
 * @param content its bytes
 */
public record Media(Optional<String> contentType, ByteString content) {

  @Override
  public String toString() {
    return "Media[" + content.size() + " bytes]";
  }
}
