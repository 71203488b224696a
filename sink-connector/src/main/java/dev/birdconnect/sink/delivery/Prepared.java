package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.Verdict;
import java.util.function.UnaryOperator;

/** How a preparation ended. */
public sealed interface Prepared {

  /**
   * The request can leave.
   *
   * @param request the request as it leaves
   * @param reading what a verdict on this request means for the send
   */
  record Ready(SendRequest request, UnaryOperator<Verdict> reading) implements Prepared {}

  /**
   * The request does not leave in this attempt.
   *
   * @param verdict what that means for the send
   * @param place who stood against it
   */
  record NotReady(Verdict verdict, Place place) implements Prepared {}

  /** Who stands against a preparation. */
  enum Place {
    /** The API, so that it tells whether the API can be reached. */
    API,
    /** Somebody else: it tells nothing about the API. */
    ELSEWHERE
  }
}
