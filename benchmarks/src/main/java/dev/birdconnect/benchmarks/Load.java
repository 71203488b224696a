package dev.birdconnect.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** The records of a measurement: send requests of about 300 bytes, spread evenly over keys. */
final class Load {

  /** How many keys a load has unless something else is asked for. */
  static final int KEYS = 1_000;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String FILLING = "Your parcel leaves the depot today. ".repeat(4);

  private Load() {}

  static String key(int index, int keys) {
    return "customer-" + index % keys;
  }

  static byte[] value(int index, int keys) {
    return request(index, keys).toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A request with several sends of different keys, each with a reference as the sink makes it. */
  static byte[] batch(int index, int sends, int keys) {
    ObjectNode batch = MAPPER.createObjectNode();
    ArrayNode requests = batch.putArray("messageRequests");
    for (int i = index * sends; i < (index + 1) * sends; i++) {
      requests.add(request(i, keys).put("reference", "bk1:raw-client:load-0:0:" + i + ":0a1b2c3d"));
    }
    return batch.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode request(int index, int keys) {
    ObjectNode request = MAPPER.createObjectNode();
    request
        .putObject("receiver")
        .putArray("contacts")
        .addObject()
        .put("identifierKey", "phonenumber")
        .put("identifierValue", "+3160" + (1_000_000 + index % keys) + "7");
    request.putObject("body").put("type", "text").putObject("text").put("text", FILLING + index);
    return request;
  }
}
