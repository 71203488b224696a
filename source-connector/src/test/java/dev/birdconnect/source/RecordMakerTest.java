package dev.birdconnect.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordMakerTest {

  private final RecordMaker maker = new RecordMaker("maker");

  @AfterEach
  void close() {
    maker.close();
  }

  private static Supplier<SourceRecord> record(String topic) {
    return () -> new SourceRecord(null, null, topic, null, null);
  }

  private List<String> taken() throws InterruptedException {
    return maker.take().stream().map(SourceRecord::topic).toList();
  }

  @Test
  void whatIsBegunIsMadeInItsOrderOnTheThreadOfTheMaker() throws Exception {
    maker.begin(
        List.of(
            record("a"),
            () -> new SourceRecord(null, null, Thread.currentThread().getName(), null, null),
            record("c")));
    assertThat(taken()).containsExactly("a", "maker", "c");
    assertThat(taken()).as("each batch once").isEmpty();
  }

  @Test
  void aFailureComesToTheOneWhoTakes() throws Exception {
    IllegalArgumentException failure = new IllegalArgumentException("no record");
    maker.begin(
        List.of(
            () -> {
              throw failure;
            }));
    assertThatThrownBy(maker::take).isSameAs(failure);
    maker.begin(List.of(record("next")));
    assertThat(taken()).containsExactly("next");
  }

  @Test
  void theEndLeavesNobodyWaiting() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    maker.begin(
        List.of(
            () -> {
              try {
                closed.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return record("under way").get();
            }));
    maker.close();
    closed.countDown();
    assertThat(taken()).containsExactly("under way");
    maker.begin(List.of(record("afterwards")));
    assertThat(taken()).isEmpty();
  }
}
