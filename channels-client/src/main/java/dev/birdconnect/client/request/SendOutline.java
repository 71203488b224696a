package dev.birdconnect.client.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Checks a request of which parts are not known yet. */
public final class SendOutline {

  /** What is not known yet. */
  public interface Unknown {

    /** Whether anything may come into the place of this node. */
    boolean value(JsonNode node);

    /** Whether this node may be left out. */
    boolean presence(JsonNode node);
  }

  private SendOutline() {}

  /** What is wrong with the request whatever the unknown parts will be. */
  public static List<FieldComplaint> complaints(JsonNode outline, Unknown unknown) {
    ShapeCheck check = ShapeCheck.around(unknown);
    JsonNode copy = check.fit(outline, SendShape.SEND, "");
    return check.complaints().isEmpty()
        ? SendRules.outline(copy, unknown)
        : List.copyOf(check.complaints());
  }
}
