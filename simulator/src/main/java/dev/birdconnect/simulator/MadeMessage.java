package dev.birdconnect.simulator;

import java.time.Instant;

/**
 * A message of the simulator as it is at the moment of asking. Its text form shows neither receiver
 * nor content.
 *
 * @param sequence rank in the order of making over all channels, from 0
 * @param id its id
 * @param channelId its channel
 * @param direction {@code outgoing} or {@code incoming}
 * @param reference its label, empty when there is none
 * @param receiver identifier of the contact: receiver of an outgoing, sender of an incoming message
 * @param createdAt when it was made
 * @param status its present status, as in JSON
 * @param lastStatusAt since when it has this status
 * @param json the whole resource as the API shows it
 */
public record MadeMessage(
    long sequence,
    String id,
    String channelId,
    String direction,
    String reference,
    String receiver,
    Instant createdAt,
    String status,
    Instant lastStatusAt,
    String json) {
  @Override
  public String toString() {
    return "MadeMessage[id=" + id + ", reference=" + reference + ", status=" + status + "]";
  }
}
