package dev.birdconnect.sink.delivery;

import static dev.birdconnect.sink.delivery.Sends.ACCEPTED;
import static dev.birdconnect.sink.delivery.Sends.P0;
import static dev.birdconnect.sink.delivery.Sends.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.sink.reconcile.EarlierSends;
import dev.birdconnect.sink.reconcile.Findings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Records may name any number of channels. */
class ManyChannelsTest {

  private static final int CHANNELS = 100_000;
  private static final int AT_ONCE = 500;

  private final Deliveries<String> deliveries = deliveries();
  private final Set<ChannelAddress> asked = new HashSet<>();
  private int questions;
  private long now = 5;

  private static Deliveries<String> deliveries() {
    Deliveries<String> deliveries =
        new Deliveries<>(
            256,
            256,
            BatchRules.SINGLE,
            new RetrySchedule(Duration.ofMillis(100), Duration.ofSeconds(1), () -> 1.0),
            Sends.DOUBT_RULES,
            false,
            DeliveryObserver.none(),
            Optional::empty,
            0);
    deliveries.open(P0, 0);
    return deliveries;
  }

  private static Send<String> through(int channel, long offset) {
    Send<String> send = Sends.send(P0, offset, "key " + offset);
    return new Send<>(
        send.position(),
        send.identity(),
        send.notMadeBefore(),
        send.orderKey(),
        new ChannelAddress("w", "c" + channel),
        AddressOrigin.RECORD,
        send.request(),
        send.preparation(),
        send.record(),
        send.weight());
  }

  /** Sends what can be sent; the lists are empty, but for what {@code sent} has been sent of. */
  private List<Long> sendAll() {
    List<Long> sent = new ArrayList<>();
    while (deliveries.unfinished() > 0) {
      deliveries.seen(now);
      for (Inquiry<String> inquiry : deliveries.ask(now)) {
        questions++;
        asked.add(inquiry.address());
        deliveries.answered(inquiry, Findings.ofMissingChannel(inquiry.questions()), now);
      }
      for (Consignment<String> consignment : deliveries.start(now)) {
        long offset = consignment.first().send().position().offset();
        sent.add(offset);
        deliveries.ended(consignment, offset % 3 == 0 ? REJECTED : ACCEPTED, now);
      }
      deliveries.outcomes().takeRejections().forEach(deliveries::reported);
      now++;
    }
    return sent;
  }

  @Test
  void aHundredThousandOfThemLeaveLittleBehind() {
    long offset = 0;
    int sent = 0;
    while (offset < CHANNELS) {
      for (int i = 0; i < AT_ONCE; i++) {
        deliveries.accept(through((int) offset, offset), now);
        offset++;
      }
      sent += sendAll().size();
      assertThat(deliveries.channels()).isLessThanOrEqualTo(EarlierOwners.MOST_IDLE);
    }
    assertThat(sent).isEqualTo(CHANNELS);
    assertThat(asked).as("each was looked at before its first send").hasSize(CHANNELS);
    assertThat(questions).isEqualTo(CHANNELS);
    assertThat(deliveries.lanes()).isZero();
  }

  @Test
  void aChannelThatIsUsedIsNotForgottenAndOneThatWasForgottenIsAskedAboutAgain() {
    long offset = 0;
    for (int channel = 0; channel <= 3 * EarlierOwners.MOST_IDLE; channel++) {
      deliveries.accept(through(channel, offset++), now);
      deliveries.accept(through(-1, offset++), now);
      sendAll();
    }
    assertThat(questions).as("once each").isEqualTo(3 * EarlierOwners.MOST_IDLE + 2);

    Send<String> again = through(0, offset);
    deliveries.accept(again, now);
    deliveries.seen(now);
    assertThat(deliveries.start(now)).as("nothing is sent before it is known").isEmpty();
    List<Inquiry<String>> inquiries = deliveries.ask(now);
    assertThat(inquiries).extracting(Inquiry::address).containsExactly(again.address());
    assertThat(inquiries.get(0).questions().takeovers())
        .extracting(takeover -> takeover.first())
        .containsExactly(offset);

    deliveries.answered(
        inquiries.get(0),
        new Findings(Map.of(), Set.of(), Map.of(P0, EarlierSends.unreadable()), 1),
        now);
    assertThat(deliveries.start(now)).isEmpty();
    assertThat(deliveries.outcomes().takeRejections()).as("the answer counts").hasSize(1);
  }
}
