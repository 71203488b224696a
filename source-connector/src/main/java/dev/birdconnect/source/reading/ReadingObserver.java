package dev.birdconnect.source.reading;

import java.time.Duration;
import java.time.Instant;

/** Is told what happens while channels are read. All calls come from the task's thread. */
public interface ReadingObserver {

  /** A read is asked for. */
  void asked(ReadPurpose purpose);

  /** A read has brought nothing; the channel's reader waits before its next one. */
  void failed();

  /**
   * An event goes out.
   *
   * @param serverTime the time of the server
   */
  void emitted(Emission emission, Instant serverTime);

  /** A message cannot be read; told once of each. */
  void unreadable();

  /** The offsets have no room for so many open messages: their statuses come at least once. */
  void beyondOffsets(int messages);

  /** An open message is no longer there. */
  void gone();

  /**
   * All of a channel up to a time is emitted.
   *
   * @param behind how long ago that time was, by the server's clock
   */
  void emittedUpTo(String channelId, Duration behind);

  /**
   * How many messages of a channel are open.
   *
   * @param oldest the age of the oldest one; zero without one
   */
  void open(String channelId, int messages, Duration oldest);

  /** A channel is given up. */
  void stopped(String channelId);
}
