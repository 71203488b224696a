package dev.birdconnect.client;

import dev.birdconnect.client.request.BatchRequest;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.BatchVerdict;
import java.util.function.BooleanSupplier;

/** Several sends in one request. */
public interface BatchApi {

  /**
   * Sends a batch (page <i>Send batch messages</i>). One call is one attempt; nothing is repeated.
   * The requests are checked after the answer: what became of them is found by their references.
   */
  default ApiCall<BatchVerdict> sendBatch(
      ChannelAddress address, AddressOrigin origin, BatchRequest request) {
    return sendBatch(address, origin, request, () -> true);
  }

  /**
   * Sends a batch, if it still may when the request is about to leave.
   *
   * @param mayLeave as for {@link ChannelsApi#send(ChannelAddress, AddressOrigin,
   *     dev.birdconnect.client.request.SendRequest, BooleanSupplier)}
   */
  ApiCall<BatchVerdict> sendBatch(
      ChannelAddress address, AddressOrigin origin, BatchRequest request, BooleanSupplier mayLeave);
}
