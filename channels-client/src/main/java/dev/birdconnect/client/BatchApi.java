package dev.birdconnect.client;

import dev.birdconnect.client.request.BatchRequest;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.BatchVerdict;

/** Several sends in one request. */
public interface BatchApi {

  /**
   * Sends a batch (page <i>Send batch messages</i>). One call is one attempt; nothing is repeated.
   * The requests are checked after the answer: what became of them is found by their references.
   */
  ApiCall<BatchVerdict> sendBatch(
      ChannelAddress address, AddressOrigin origin, BatchRequest request);
}
