package dev.birdconnect.sink.report;

import dev.birdconnect.sink.delivery.Rejection;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Why a record was not sent. Connect puts the message into the context headers of the dead letter
 * queue.
 */
public final class RejectedRecordException extends ConnectException {

  private static final long serialVersionUID = 1L;

  /**
   * @param rejection the record's position and the reason
   */
  public RejectedRecordException(Rejection<?> rejection) {
    super("The record at " + rejection.position() + " cannot be sent: " + rejection.reason() + ".");
  }
}
