package dev.birdconnect.sink.media;

import com.fasterxml.jackson.core.JsonPointer;
import okio.ByteString;

/**
 * What is known of a medium that stands in a record, without its bytes.
 *
 * @param place where its address belongs in the request
 * @param path the same place as complaints write it
 * @param contentType its media type
 * @param digest the SHA-256 of its bytes
 * @param size how many bytes it has
 */
public record Medium(
    JsonPointer place, String path, String contentType, ByteString digest, int size) {

  /** Place, type and size only: the digest tells equal pictures. */
  @Override
  public String toString() {
    return "Medium[" + path + ", " + contentType + ", " + size + " bytes]";
  }
}
