package dev.birdconnect.sink.delivery;

/** How a doubt ends. */
public enum DoubtEnd {
  /** Its message is in the list. */
  FOUND,
  /** Its message is not in the list, so it is sent again. */
  SENT_AGAIN,
  /** The list does not tell; by the policy it is sent all the same. */
  REMAINED_SENT,
  /** The list does not tell; by the policy its record is rejected. */
  REMAINED_REPORTED,
  /** The list does not tell; by the policy the task fails. */
  REMAINED_FAILED
}
