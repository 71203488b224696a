package dev.birdconnect.sink.reconcile;

import java.util.List;

/**
 * What one reading of a channel's list is to answer.
 *
 * @param unknown sends that may have become messages
 * @param takeovers partitions that had another owner
 */
public record Questions(List<UnknownSend> unknown, List<Takeover> takeovers) {

  public Questions {
    unknown = List.copyOf(unknown);
    takeovers = List.copyOf(takeovers);
  }

  /** Whether messages with labels of the user's own are looked for. */
  boolean labelled() {
    return unknown.stream().anyMatch(send -> send.mark().label() != Mark.NO_LABEL)
        || takeovers.stream().anyMatch(Takeover::labelled);
  }
}
