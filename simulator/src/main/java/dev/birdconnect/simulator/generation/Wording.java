package dev.birdconnect.simulator.generation;

import tools.jackson.databind.node.ObjectNode;

/** Builds the fields of messages that never change, as the API shows them. */
public interface Wording {
  /** A text to a contact. */
  ObjectNode outgoing(String contact, String text, String reference);

  /** A text from a contact. */
  ObjectNode incoming(String contact, String text);
}
