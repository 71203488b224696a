package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.ApiCall;

/**
 * What has to be done before the request of a send can leave. It is part of every attempt of the
 * send, and begins when the send has its turn.
 */
public interface Preparation {

  /** Begins it, on any thread and without waiting. Cancelling the call gives it up. */
  ApiCall<Prepared> begin();
}
