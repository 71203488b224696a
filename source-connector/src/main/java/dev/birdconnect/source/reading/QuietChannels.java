package dev.birdconnect.source.reading;

import dev.birdconnect.client.message.Message;
import java.time.Instant;
import java.util.Optional;

/**
 * Another list that shows what the lists of channels show. What it says spares reads only: a sweep
 * that is left out is made up for by the next one, which goes down to the same place.
 */
public interface QuietChannels {

  /** Says nothing of any channel. */
  QuietChannels NONE =
      new QuietChannels() {
        @Override
        public Optional<Instant> nothingNewUpTo(String channelId, long since) {
          return Optional.empty();
        }

        @Override
        public void sweepIsLeftOut() {
          // Nobody counts it.
        }

        @Override
        public void isShown(String channelId, Message newest) {
          // Nobody compares it.
        }
      };

  /**
   * Up to when, by the server's clock, a channel has nothing to emit that its own list did not show
   * when it was read last; empty when that is not known, or when it has.
   *
   * @param since when its list was asked for then, in nanoseconds
   */
  Optional<Instant> nothingNewUpTo(String channelId, long since);

  /** A sweep is left out. */
  void sweepIsLeftOut();

  /** A channel's own list has shown this message at its head, which was not emitted yet. */
  void isShown(String channelId, Message newest);
}
