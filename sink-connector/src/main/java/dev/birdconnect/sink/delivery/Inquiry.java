package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.sink.reconcile.Questions;
import dev.birdconnect.sink.reconcile.UnknownSend;
import java.util.List;

/**
 * What one listing of a channel is asked.
 *
 * @param address the channel
 * @param doubts sends whose outcome is unknown
 * @param takeovers partitions that had another owner
 * @param <R> the record
 */
record Inquiry<R>(
    ChannelAddress address, List<Doubt<R>> doubts, List<PendingTakeover<R>> takeovers) {

  Inquiry {
    doubts = List.copyOf(doubts);
    takeovers = List.copyOf(takeovers);
  }

  /** Whether a setting names the channel, so that its list matters to every record. */
  boolean configured() {
    return doubts.stream().anyMatch(doubt -> doubt.send().origin() == AddressOrigin.CONFIGURED)
        || takeovers.stream().anyMatch(takeover -> takeover.origin() == AddressOrigin.CONFIGURED);
  }

  Questions questions() {
    return new Questions(
        doubts.stream()
            .map(
                doubt ->
                    new UnknownSend(
                        doubt.send().mark(), doubt.queued().firstAttemptAt(), doubt.conclusive()))
            .toList(),
        takeovers.stream().map(PendingTakeover::question).toList());
  }
}
