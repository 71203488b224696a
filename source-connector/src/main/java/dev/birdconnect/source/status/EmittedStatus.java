package dev.birdconnect.source.status;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessageStatus;

/**
 * The status of a message that was emitted last.
 *
 * @param status the status
 * @param atMillis its {@code lastStatusAt}, in milliseconds since 1970; finer parts are left out,
 *     since the API may write the same time with another number of decimals (assumption 29)
 * @param sequence how many statuses of the message were emitted, this one included
 */
public record EmittedStatus(MessageStatus status, long atMillis, int sequence) {

  /** The first status that is seen of a message. */
  public static EmittedStatus first(Message message) {
    return new EmittedStatus(message.status(), message.lastStatusAt().toEpochMilli(), 1);
  }

  /** The status after this one. */
  public EmittedStatus next(Message message) {
    return new EmittedStatus(message.status(), message.lastStatusAt().toEpochMilli(), sequence + 1);
  }

  /**
   * Whether the message has moved on. Status and time count both: {@code lastStatusAt} may be equal
   * for two statuses and may go back (assumption 18).
   */
  public boolean differsFrom(Message message) {
    return !status.equals(message.status()) || atMillis != message.lastStatusAt().toEpochMilli();
  }
}
