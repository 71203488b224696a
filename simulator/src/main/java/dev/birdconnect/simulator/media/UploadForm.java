package dev.birdconnect.simulator.media;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Leave to upload one file. Its text form shows no field.
 *
 * @param id the file's id
 * @param key the file's place in the store
 * @param channel the only channel it can be used with; any when empty
 * @param expiresAtMillis when the form ends, in milliseconds since 1970
 * @param fields what the upload has to repeat
 */
public record UploadForm(
    UUID id, String key, Optional<UUID> channel, long expiresAtMillis, Map<String, String> fields) {
  /** Copies the fields. */
  public UploadForm {
    fields = Map.copyOf(fields);
  }

  @Override
  public String toString() {
    return "UploadForm[" + id + "]";
  }
}
