package dev.birdconnect.systemtests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Order notifications: records whose text tells which one it is. */
final class Orders {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Orders() {}

  static String key(int customer) {
    return "customer-" + customer;
  }

  /** A number of its own per customer, none of which forces an outcome in the simulator. */
  static String number(int customer) {
    return "+3160" + (1_000_000 + customer) + "7";
  }

  static String text(int index) {
    return "Order number " + index + " is on its way.";
  }

  private static ObjectNode request(int index, int customer) {
    ObjectNode request = MAPPER.createObjectNode();
    request
        .putObject("receiver")
        .putArray("contacts")
        .addObject()
        .put("identifierKey", "phonenumber")
        .put("identifierValue", number(customer));
    request.putObject("body").put("type", "text").putObject("text").put("text", text(index));
    return request;
  }

  static String good(int index, int customer) {
    return request(index, customer).toString();
  }

  /** One that the sink refuses by itself: there is no such field. */
  static String unknownField(int index, int customer) {
    return request(index, customer).put("colour", "red").toString();
  }

  /** One that only the API refuses: the tag has a character that tags may not have. */
  static String badTag(int index, int customer) {
    ObjectNode request = request(index, customer);
    request.putArray("tags").add("not/allowed");
    return request.toString();
  }

  /** Whether a request is one that becomes a message. */
  static boolean isGood(String request) {
    return !json(request).has("colour") && !json(request).has("tags");
  }

  static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Which order the text of a request or message is about. */
  static int index(String requestOrMessage) {
    String text = json(requestOrMessage).at("/body/text/text").textValue();
    return Integer.parseInt(text.replaceAll("\\D", ""));
  }
}
