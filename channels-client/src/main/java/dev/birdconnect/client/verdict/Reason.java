package dev.birdconnect.client.verdict;

import java.util.Optional;

/**
 * Why an attempt ended as it did, without private data.
 *
 * @param sentence what happened, in lower case and without a full stop, to be put into a message
 * @param complaint what the API said, where it answered
 */
public record Reason(String sentence, Optional<Complaint> complaint) {

  /** A reason outside of the API's answers. */
  public static Reason of(String sentence) {
    return new Reason(sentence, Optional.empty());
  }

  /** A reason given by the API. */
  public static Reason of(Complaint complaint) {
    return new Reason(complaint.sentence(), Optional.of(complaint));
  }

  @Override
  public String toString() {
    return sentence;
  }
}
