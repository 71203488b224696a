package dev.birdconnect.client.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.AnyBody;
import dev.birdconnect.client.message.BatchReceipt;
import dev.birdconnect.client.message.Channel;
import dev.birdconnect.client.message.ChannelPage;
import dev.birdconnect.client.message.ContactFacts;
import dev.birdconnect.client.message.InteractionList;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.message.UploadForm;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import okio.ByteString;

/**
 * Whatever the answer, every operation ends with one of its outcomes, and shows nothing private.
 */
class AnyAnswerTest {

  private static final List<VerdictRules.ResourceReader<?>> READERS =
      List.of(
          Message::of,
          MessagePage::of,
          Channel::of,
          ChannelPage::of,
          InteractionList::of,
          ContactFacts::of,
          BatchReceipt::of,
          UploadForm::of);

  private final VerdictRules rules = new VerdictRules(ConflictRule.REJECT);

  @Provide
  Arbitrary<byte[]> bodies() {
    return AnyBody.bodies();
  }

  @Property(tries = 2_000)
  void everyOperationEndsWithAnOutcome(
      @ForAll @IntRange(min = 100, max = 999) int status,
      @ForAll("bodies") byte[] body,
      @ForAll AddressOrigin origin,
      @ForAll Optional<String> retryAfter) {
    for (int one : new int[] {status, 200, 202}) {
      Answer answer =
          new Answer(one, ByteString.of(body), Optional.empty(), retryAfter, retryAfter);
      StringBuilder shown = new StringBuilder();
      shown.append(answer);
      shown.append(rules.ofSend(answer, origin));
      shown.append(rules.ofBatch(answer, origin));
      shown.append(rules.ofUpload(answer));
      for (VerdictRules.ResourceReader<?> reader : READERS) {
        ReadOutcome<?> outcome = rules.ofRead(answer, reader);
        assertThat(outcome).isNotNull();
        if (!(outcome instanceof ReadOutcome.Found<?>)) {
          shown.append(outcome);
        }
      }
      if (one < 200 || one > 299) {
        assertThat(shown.toString()).doesNotContain(AnyBody.PRIVATE);
      }
    }
  }
}
