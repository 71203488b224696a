package dev.birdconnect.quickstart.orders;

/**
 * One notification to a customer about an order, as a Kafka record.
 *
 * @param orderId the order, unique
 * @param customer the customer, the record's key: a customer's notifications keep their order
 * @param request the record's value, a send request of the Channels API as JSON text
 * @param sendable whether the API takes the request; otherwise it belongs on the dead letter topic
 */
public record OrderNotification(String orderId, String customer, String request, boolean sendable) {

  /** Names the order; the request holds a phone number and a text, and is not shown. */
  @Override
  public String toString() {
    return "OrderNotification[" + orderId + ", sendable=" + sendable + "]";
  }
}
