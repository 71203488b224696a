package dev.birdconnect.simulator.generation;

import java.util.OptionalInt;
import java.util.UUID;

/**
 * Contacts who write at a rate.
 *
 * @param channelId to this channel
 * @param perSecond messages a second of the simulator's clock
 * @param count how many messages in all; without it, until it is stopped
 * @param contacts how many different contacts write
 * @param seed draws the contact of each message
 */
public record InboundFlow(
    UUID channelId, double perSecond, OptionalInt count, int contacts, long seed) {
  /** Refuses a flow that never flows. */
  public InboundFlow {
    if (!(perSecond > 0) || contacts < 1 || count.orElse(1) < 1) {
      throw new IllegalArgumentException(
          "Incoming messages need a perSecond above 0 and at least one contact and message.");
    }
  }

  /** So many a second from a hundred contacts, until it is stopped. */
  public static InboundFlow of(UUID channelId, double perSecond) {
    return new InboundFlow(channelId, perSecond, OptionalInt.empty(), 100, 1);
  }

  /** The same, ending after so many messages. */
  public InboundFlow ofCount(int messages) {
    return new InboundFlow(channelId, perSecond, OptionalInt.of(messages), contacts, seed);
  }
}
