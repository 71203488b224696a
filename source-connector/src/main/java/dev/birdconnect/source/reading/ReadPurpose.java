package dev.birdconnect.source.reading;

/** What a read (GET) is for. */
public enum ReadPurpose {
  /** To find out how the list is ordered and what its page tokens are. */
  PROBE,
  /** A page from the head of the list down to what is emitted, or the whole list of one page. */
  SWEEP,
  /** A page of the list of all channels, to see which of them have something new. */
  WORKSPACE,
  /** A page of a reading from the oldest message upwards. */
  BACK_FILL,
  /** A page below a sweep, for late messages and steps after a final status. */
  LOOK_BACK,
  /** A page further down, for open messages that are not remembered. */
  SEARCH,
  /** A page that shows several open messages. */
  STATUS_PAGE,
  /** One open message. */
  STATUS_SINGLE,
  /** The interactions of one message. */
  INTERACTIONS
}
