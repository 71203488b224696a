package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.request.ChannelAddress;
import java.util.List;

/**
 * What a change of the state has made possible, to be begun without delivery's lock.
 *
 * @param starts requests that leave
 * @param inquiries questions to channels' lists
 * @param sweeps readings for results
 * @param platforms channels whose platform is asked for
 * @param <R> the record
 */
record Possible<R>(
    List<Consignment<R>> starts,
    List<Inquiry<R>> inquiries,
    List<Sweep<R>> sweeps,
    List<ChannelAddress> platforms) {

  static <R> Possible<R> nothing() {
    return new Possible<>(List.of(), List.of(), List.of(), List.of());
  }
}
