package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessageStatus;
import java.time.Instant;
import java.util.Optional;

/** What a reader of a channel has found. */
public sealed interface ChannelEvent {

  /** The message as it was read. */
  Message message();

  /** When it came about, by the API. */
  Instant time();

  /**
   * A message that was not emitted before.
   *
   * @param message the message
   * @param late whether messages after it were emitted already
   */
  record MessageSeen(Message message, boolean late) implements ChannelEvent {

    @Override
    public Instant time() {
      return message.createdAt();
    }
  }

  /**
   * A status that was not emitted before.
   *
   * @param message the message as it was read
   * @param previous the status emitted before this one; empty at first sight
   * @param sequence how many statuses of the message were emitted, this one included; {@link
   *     #NOT_COUNTED} where a restart may have forgotten some
   */
  record StatusSeen(Message message, Optional<MessageStatus> previous, int sequence)
      implements ChannelEvent {

    /** The sequence of statuses that may have been emitted before. */
    public static final int NOT_COUNTED = 0;

    @Override
    public Instant time() {
      return message.lastStatusAt();
    }

    /** Whether it may have been emitted before. */
    public boolean mayBeRepeat() {
      return sequence == NOT_COUNTED;
    }
  }
}
