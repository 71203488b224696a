package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Complaints;
import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.http.ControlOperations.Control;
import dev.birdconnect.simulator.switches.Switch;
import dev.birdconnect.simulator.switches.SwitchValues;
import dev.birdconnect.simulator.switches.Switches;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The control calls on switches. */
final class SwitchOperations {
  private final Switches switches;

  SwitchOperations(Switches switches) {
    this.switches = switches;
  }

  Control list() {
    return (values, body) -> listed();
  }

  /** Changes the switches that are named. */
  Control change() {
    return (values, body) -> changed(body, false);
  }

  /** Changes the switches that are named and sets the others back. */
  Control replace() {
    return (values, body) -> changed(body, true);
  }

  private Answer changed(JsonNode body, boolean fromDefaults) {
    Complaints complaints = new Complaints();
    switches.change(
        now -> {
          SwitchValues changed = fromDefaults ? SwitchValues.defaults() : now;
          for (Map.Entry<String, JsonNode> entry : body.properties()) {
            try {
              changed = changed.with(entry.getKey(), entry.getValue().asString());
            } catch (IllegalArgumentException e) {
              complaints.add("." + entry.getKey(), String.valueOf(e.getMessage()));
            }
          }
          return complaints.isEmpty() ? changed : now;
        });
    return complaints.isEmpty() ? listed() : Errors.invalidBody(complaints);
  }

  private Answer listed() {
    SwitchValues values = switches.values();
    ObjectNode answer = Json.mapper().createObjectNode();
    ArrayNode list = answer.putArray("switches");
    for (Switch of : Switch.values()) {
      ObjectNode written =
          list.addObject()
              .put("assumption", of.assumption())
              .put("name", of.wireName())
              .put("title", of.title())
              .put("default", of.defaultText())
              .put("current", values.text(of));
      ArrayNode choices = written.putArray("values");
      of.choices()
          .forEach(
              choice ->
                  choices
                      .addObject()
                      .put("value", choice.wireName())
                      .put("meaning", choice.meaning()));
      of.range().ifPresent(range -> written.put("takes", range.meaning()));
    }
    return Answer.json(200, answer);
  }
}
