package dev.birdconnect.sink.upload;

/** Is told what happens to uploads, from several threads: it must neither wait nor call back. */
public interface UploadObserver {

  /** A form is asked for, which is a POST. */
  default void formAsked() {}

  /**
   * A medium was uploaded.
   *
   * @param bytes its size
   * @param nanos how long it took, the form included
   */
  default void uploaded(long bytes, long nanos) {}

  /** An upload failed. */
  default void failed() {}

  /** A send got the address of a medium that was uploaded for another one. */
  default void shared() {}

  /** One that nobody listens to. */
  static UploadObserver none() {
    return new UploadObserver() {};
  }
}
