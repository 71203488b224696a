package dev.birdconnect.simulator.generation;

import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.store.JsonBytes;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/** The finished JSON that all messages with one contact share, but for the reference. */
final class Form {
  private static final String PLACE = "@reference@";

  private final String contact;
  private final byte[] before;
  private final byte[] after;

  private Form(String contact, ObjectNode fields) {
    this.contact = contact;
    String json = Json.mapper().writeValueAsString(fields);
    int place = json.indexOf(PLACE);
    int end = place < 0 ? json.length() - 1 : place;
    int next = place < 0 ? json.length() - 1 : place + PLACE.length();
    // Without the braces: fields of its own come before and after.
    this.before = json.substring(1, end).getBytes(StandardCharsets.UTF_8);
    this.after = json.substring(next, json.length() - 1).getBytes(StandardCharsets.UTF_8);
  }

  static Form outgoing(Wording wording, String contact, String text) {
    return new Form(contact, wording.outgoing(contact, text, PLACE));
  }

  static Form incoming(Wording wording, String contact, String text) {
    return new Form(contact, wording.incoming(contact, text));
  }

  String contact() {
    return contact;
  }

  void append(String reference, JsonBytes out) {
    out.append(before).append(reference).append(after);
  }
}
