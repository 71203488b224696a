package dev.birdconnect.sink.upload;

import dev.birdconnect.client.message.UploadForm;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;

/** How the upload of a medium ended. */
sealed interface UploadEnd {

  /**
   * The medium can be read at an address.
   *
   * @param mediaUrl the address
   * @param fresh whether it was uploaded just now, rather than some time ago
   */
  record Uploaded(String mediaUrl, boolean fresh) implements UploadEnd {}

  /** The API gave no form. */
  record NoForm(ReadOutcome<UploadForm> outcome) implements UploadEnd {}

  /**
   * The store refused the medium with a form of its own.
   *
   * @param reason why
   * @param times how often it has by now, each time with another form
   */
  record Refused(Reason reason, int times) implements UploadEnd {}

  /** The store gave no usable answer, or the upload was given up. */
  record Unavailable(Reason reason) implements UploadEnd {}
}
