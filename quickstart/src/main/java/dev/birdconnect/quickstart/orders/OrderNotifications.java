package dev.birdconnect.quickstart.orders;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Makes order notifications. The same number and the same seed give the same notifications. One in
 * forty has a fault that the API refuses.
 */
public final class OrderNotifications {

  private static final int ONE_FAULT_IN = 40;
  private static final int FAULTS = 4;
  private static final int ORDERS_PER_CUSTOMER = 3;
  private static final int FIRST_ORDER = 1001;

  private static final List<String> NEWS =
      List.of(
          "is packed and leaves the depot today.",
          "is on its way and arrives tomorrow.",
          "arrives today between 14:00 and 16:00.",
          "waits for you at the pick-up point.",
          "was handed to your neighbour.");

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Random random;

  /**
   * Starts a sequence.
   *
   * @param seed decides everything that is random
   */
  public OrderNotifications(long seed) {
    this.random = new Random(seed);
  }

  /**
   * Returns the next notifications of the sequence.
   *
   * @param count how many, 0 or more; {@code count / 40} of them are not sendable
   */
  public List<OrderNotification> next(int count) {
    Set<Integer> faulty = new HashSet<>();
    while (faulty.size() < count / ONE_FAULT_IN) {
      faulty.add(random.nextInt(count));
    }
    int customers = Math.max(1, count / ORDERS_PER_CUSTOMER);
    List<OrderNotification> notifications = new ArrayList<>(count);
    int faults = 0;
    for (int i = 0; i < count; i++) {
      int customer = 1 + random.nextInt(customers);
      String orderId = "order-" + (FIRST_ORDER + i);
      ObjectNode request = request(orderId, customer, NEWS.get(random.nextInt(NEWS.size())));
      boolean sendable = !faulty.contains(i);
      if (!sendable) {
        addFault(request, faults++);
      }
      notifications.add(
          new OrderNotification(
              orderId, "customer-%04d".formatted(customer), request.toString(), sendable));
    }
    return List.copyOf(notifications);
  }

  private static ObjectNode request(String orderId, int customer, String news) {
    ObjectNode request = JSON.objectNode();
    request
        .putObject("receiver")
        .putArray("contacts")
        .addObject()
        .put("identifierKey", "phonenumber")
        .put("identifierValue", "+3160000%04d".formatted(customer));
    request
        .putObject("body")
        .put("type", "text")
        .putObject("text")
        .put("text", "Your order " + orderId + " " + news);
    request.putArray("tags").add("order");
    request.putObject("meta").putObject("extraInformation").put("orderId", orderId);
    return request;
  }

  private static void addFault(ObjectNode request, int which) {
    switch (which % FAULTS) {
      case 0 -> request.put("priority", "high");
      case 1 -> request.remove("receiver");
      case 2 -> ((ObjectNode) request.at("/body/text")).put("text", "");
      default -> ((ObjectNode) request.get("body")).put("type", "pigeon");
    }
  }
}
