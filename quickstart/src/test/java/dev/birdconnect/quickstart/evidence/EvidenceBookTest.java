package dev.birdconnect.quickstart.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.quickstart.orders.OrderNotification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvidenceBookTest {

  private static final Instant START = Instant.parse("2031-03-01T13:00:00Z");
  private static final RecordCoordinates FIRST = new RecordCoordinates("orders", 0, 0);
  private static final RecordCoordinates SECOND = new RecordCoordinates("orders", 0, 1);

  private final EvidenceBook book = new EvidenceBook(2);

  @Test
  void aRunIsCompleteWhenEveryRecordHasItsEndAndTheEventsTellIt() {
    produce();
    book.deadLetter(new DeadLetter(SECOND, "no"));
    book.messages(List.of(message("sent", 40)));
    book.messageEvent("m1");
    book.statusEvent(event("sent", 900));
    assertThat(book.complete()).isFalse();

    book.messages(List.of(message("delivered", 40)));
    assertThat(book.complete()).isFalse();

    book.statusEvent(event("delivered", 1500));
    assertThat(book.complete()).isFalse();

    book.deliveryTimes(times(0));
    assertThat(book.complete()).isFalse();
    book.deliveryTimes(times(1));
    assertThat(book.complete()).isTrue();
    assertThat(book.evidence().deliveryTimes()).containsExactly(times(1));
    assertThat(book.evidence().timesToDelivery()).containsExactly(Duration.ofMillis(1500));
  }

  @Test
  void aRunIsNotCompleteWhileARecordIsMissing() {
    produce();
    book.messages(List.of(message("delivered", 40)));
    book.messageEvent("m1");
    book.statusEvent(event("delivered", 1500));
    book.deliveryTimes(times(1));
    assertThat(book.complete()).isFalse();
  }

  @Test
  void progressCountsWhatIsInTheBook() {
    produce();
    book.deadLetter(new DeadLetter(SECOND, "no"));
    book.messages(List.of(message("delivery_failed", 40)));
    book.statusEvent(event("delivery_failed", 1500));
    assertThat(book.progress()).isEqualTo(new Progress(2, 2, 1, 1, 0, 1, 0, 0, 1));
  }

  @Test
  void timesRunFromTheRecord() {
    produce();
    book.messages(List.of(message("delivered", 40)));
    book.statusEvent(event("delivered", 1500));
    assertThat(book.timeToAcceptance())
        .isEqualTo(new Spread(Duration.ofMillis(40), Duration.ofMillis(40)));
    assertThat(book.timeToDelivery())
        .isEqualTo(new Spread(Duration.ofMillis(1500), Duration.ofMillis(1500)));
  }

  @Test
  void theMedianIsTheTimeInTheMiddle() {
    assertThat(Spread.of(List.of(Duration.ofMillis(9), Duration.ofMillis(1), Duration.ofMillis(5))))
        .isEqualTo(new Spread(Duration.ofMillis(5), Duration.ofMillis(9)));
    assertThat(Spread.of(List.of())).isEqualTo(new Spread(Duration.ZERO, Duration.ZERO));
  }

  private void produce() {
    book.produced(FIRST, new OrderNotification("order-1", "customer-1", "{}", true), START);
    book.produced(SECOND, new OrderNotification("order-2", "customer-1", "{}", false), START);
  }

  private static DeliveryTimes times(int delivered) {
    Duration time = Duration.ofMillis(1500);
    return new DeliveryTimes("sms", delivered, time, time, time);
  }

  private static SentMessage message(String status, long millis) {
    return new SentMessage("m1", Optional.of(FIRST), true, status, START.plusMillis(millis));
  }

  private static StatusEvent event(String status, long millis) {
    return new StatusEvent(
        status, "m1", Optional.of(FIRST), Optional.empty(), status, START.plusMillis(millis));
  }
}
