package dev.birdconnect.quickstart.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.quickstart.orders.OrderNotification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A good run gives no findings; each single thing that goes wrong gives the one that names it. */
class CheckerTest {

  private static final Instant TIME = Instant.parse("2031-03-01T13:00:00Z");
  private static final RecordCoordinates GOOD = new RecordCoordinates("orders", 0, 5);
  private static final RecordCoordinates BAD = new RecordCoordinates("orders", 0, 6);

  private final Map<RecordCoordinates, OrderNotification> orders =
      Map.of(
          GOOD, new OrderNotification("order-1", "customer-1", "{}", true),
          BAD, new OrderNotification("order-2", "customer-1", "{}", false));
  private final List<SentMessage> messages =
      new ArrayList<>(List.of(message("m1", GOOD, "delivered")));
  private final List<DeadLetter> deadLetters = new ArrayList<>(List.of(new DeadLetter(BAD, "no")));
  private final List<String> messageEvents = new ArrayList<>(List.of("m1"));
  private final List<StatusEvent> statusEvents =
      new ArrayList<>(List.of(event("m1", "accepted"), event("m1", "delivered")));
  private final List<DeliveryTimes> deliveryTimes = new ArrayList<>(List.of(times(1, 5_040)));

  @Test
  void aGoodRun() {
    assertThat(findings()).isEmpty();
  }

  @Test
  void aLostRecord() {
    deliveryTimes.clear();
    messages.clear();
    messageEvents.clear();
    statusEvents.clear();
    assertThat(findings())
        .containsExactly(
            "Record order-1 (orders-0@5) was lost: the simulator has no message of it.");
  }

  @Test
  void aRecordSentTwice() {
    messages.add(message("m2", GOOD, "delivered"));
    messageEvents.add("m2");
    statusEvents.add(event("m2", "delivered"));
    deliveryTimes.add(times(1, 3_000));
    assertThat(findings()).containsExactly("Record order-1 (orders-0@5) was sent 2 times.");
  }

  @Test
  void aFaultyRecordThatWasSent() {
    messages.add(message("m2", BAD, "delivered"));
    messageEvents.add("m2");
    statusEvents.add(
        new StatusEvent("e", "m2", Optional.of(BAD), Optional.empty(), "delivered", TIME));
    deliveryTimes.add(times(1, 3_000));
    assertThat(findings())
        .containsExactly("Record order-2 (orders-0@6) has a fault and was sent nevertheless.");
  }

  @Test
  void aMessageFromNowhere() {
    messages.add(new SentMessage("m2", Optional.empty(), true, "delivered", TIME));
    messageEvents.add("m2");
    statusEvents.add(
        new StatusEvent("e", "m2", Optional.empty(), Optional.empty(), "delivered", TIME));
    deliveryTimes.add(times(1, 3_000));
    assertThat(findings())
        .containsExactly("Message m2 was made from none of the produced records.");
  }

  @Test
  void anIncomingMessageNeedsNoRecord() {
    messages.add(new SentMessage("m2", Optional.empty(), false, "delivered", TIME));
    messageEvents.add("m2");
    statusEvents.add(
        new StatusEvent("e", "m2", Optional.empty(), Optional.empty(), "delivered", TIME));
    assertThat(findings()).isEmpty();
  }

  @Test
  void aMessageThatStaysOpen() {
    messages.set(0, message("m1", GOOD, "sent"));
    statusEvents.set(1, event("m1", "sent"));
    deliveryTimes.clear();
    assertThat(findings()).containsExactly("Message m1 has not come further than sent.");
  }

  @Test
  void aFaultyRecordThatVanished() {
    deadLetters.clear();
    assertThat(findings())
        .containsExactly(
            "Record order-2 (orders-0@6) has a fault and is not on the dead letter topic.");
  }

  @Test
  void aGoodRecordAmongTheDeadLetters() {
    deadLetters.add(new DeadLetter(GOOD, "no"));
    assertThat(findings())
        .containsExactly(
            "Record order-1 (orders-0@5) has no fault and is on the dead letter topic.");
  }

  @Test
  void aDeadLetterTwice() {
    deadLetters.add(new DeadLetter(BAD, "no"));
    assertThat(findings())
        .containsExactly("Record order-2 (orders-0@6) is 2 times on the dead letter topic.");
  }

  @Test
  void aDeadLetterFromNowhere() {
    deadLetters.add(new DeadLetter(new RecordCoordinates("other", 1, 2), "no"));
    assertThat(findings())
        .containsExactly("The dead letter topic holds other-1@2, which was not produced.");
  }

  @Test
  void aMessageEventThatIsMissing() {
    messageEvents.clear();
    assertThat(findings()).containsExactly("Message m1 is missing on the messages topic.");
  }

  @Test
  void aMessageEventTwice() {
    messageEvents.add("m1");
    assertThat(findings()).containsExactly("Message m1 is 2 times on the messages topic.");
  }

  @Test
  void aMessageEventFromNowhere() {
    messageEvents.add("m9");
    assertThat(findings())
        .containsExactly("Message m9 is on the messages topic and unknown to the simulator.");
  }

  @Test
  void statusEventsThatAreMissing() {
    statusEvents.clear();
    assertThat(findings()).containsExactly("Message m1 is missing on the statuses topic.");
  }

  @Test
  void aLastStatusThatIsNotTheSimulators() {
    statusEvents.remove(1);
    assertThat(findings())
        .containsExactly(
            "Message m1 is delivered, but its last event on the statuses topic says accepted.");
  }

  @Test
  void aStatusEventTwice() {
    statusEvents.add(event("m1", "delivered"));
    assertThat(findings())
        .containsExactly("The change of message m1 to delivered is 2 times on the statuses topic.");
  }

  @Test
  void aStatusEventFromNowhere() {
    statusEvents.add(event("m9", "delivered"));
    assertThat(findings())
        .containsExactly("Message m9 is on the statuses topic and unknown to the simulator.");
  }

  @Test
  void aStatusEventThatNamesAnotherRecord() {
    statusEvents.set(
        1, new StatusEvent("e", "m1", Optional.of(BAD), Optional.of("sent"), "delivered", TIME));
    assertThat(findings())
        .containsExactly("The status events of message m1 name another record as its origin.");
  }

  @Test
  void aDeliveryThatTheTrackerHasNotTimed() {
    deliveryTimes.clear();
    assertThat(findings())
        .containsExactly(
            "The delivery tracker has timed 0 deliveries, and 1 messages are delivered.");
  }

  @Test
  void aDeliveryThatTheTrackerHasTimedTwice() {
    deliveryTimes.set(0, times(2, 5_000));
    assertThat(findings())
        .containsExactly(
            "The delivery tracker has timed 2 deliveries, and 1 messages are delivered.");
  }

  @Test
  void aTimeThatIsNotTheOneItTook() {
    deliveryTimes.set(0, times(1, 4_900));
    assertThat(findings())
        .containsExactly(
            "The longest time from order to delivery was 5000 ms, and the delivery tracker says"
                + " 4900 ms.");
  }

  private List<String> findings() {
    List<Duration> times = deliveryTimes.isEmpty() ? List.of() : List.of(Duration.ofSeconds(5));
    return new Checker()
        .findings(
            new Evidence(
                orders, messages, deadLetters, messageEvents, statusEvents, deliveryTimes, times));
  }

  private static DeliveryTimes times(int delivered, long longestMillis) {
    Duration time = Duration.ofMillis(longestMillis);
    return new DeliveryTimes("sms", delivered, time, time, time);
  }

  private static SentMessage message(String id, RecordCoordinates source, String status) {
    return new SentMessage(id, Optional.of(source), true, status, TIME);
  }

  private static StatusEvent event(String id, String status) {
    return new StatusEvent(id + status, id, Optional.of(GOOD), Optional.empty(), status, TIME);
  }
}
