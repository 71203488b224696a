package dev.birdconnect.quickstart.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderNotificationsTest {

  @Test
  void theSameSeedGivesTheSameNotifications() {
    assertThat(new OrderNotifications(7).next(100)).isEqualTo(new OrderNotifications(7).next(100));
  }

  @Test
  void anotherSeedGivesOthers() {
    assertThat(new OrderNotifications(7).next(100))
        .isNotEqualTo(new OrderNotifications(8).next(100));
  }

  @Test
  void oneInFortyIsNotSendable() {
    assertThat(new OrderNotifications(7).next(200)).filteredOn(o -> !o.sendable()).hasSize(5);
    assertThat(new OrderNotifications(7).next(39)).allMatch(OrderNotification::sendable);
  }

  @Test
  void aCustomerHasSeveralOrdersAndOneNumber() throws Exception {
    List<OrderNotification> notifications = new OrderNotifications(7).next(100);
    assertThat(notifications).extracting(OrderNotification::orderId).doesNotHaveDuplicates();
    assertThat(notifications.stream().map(OrderNotification::customer).distinct().count())
        .isBetween(10L, 33L);

    for (OrderNotification notification : notifications) {
      if (notification.sendable()) {
        JsonNode request = new ObjectMapper().readTree(notification.request());
        assertThat(request.at("/receiver/contacts/0/identifierValue").asText())
            .isEqualTo("+3160000" + notification.customer().substring("customer-".length()));
        assertThat(request.at("/body/text/text").asText()).contains(notification.orderId());
      }
    }
  }

  @Test
  void thePrintedFormShowsNeitherNumberNorText() {
    OrderNotification notification = new OrderNotifications(7).next(1).get(0);
    assertThat(notification.toString()).contains(notification.orderId()).doesNotContain("+31");
  }
}
