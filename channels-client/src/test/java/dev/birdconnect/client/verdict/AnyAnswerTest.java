package dev.birdconnect.client.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.message.BatchReceipt;
import dev.birdconnect.client.message.Channel;
import dev.birdconnect.client.message.ChannelPage;
import dev.birdconnect.client.message.ContactFacts;
import dev.birdconnect.client.message.InteractionList;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.message.UploadForm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import okio.ByteString;

/**
 * Whatever the answer, every operation ends with one of its outcomes, and shows nothing private.
 */
class AnyAnswerTest {

  private static final String PRIVATE = "+31612345678";
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
    Arbitrary<String> values =
        Arbitraries.of(
            "null",
            "1e999999999",
            "123456789012345678901234567890",
            "true",
            "{}",
            "[[]]",
            "\"" + PRIVATE + "\"",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"2031-03-01T13:00:02Z\"",
            "\"0000-00-00T25:61:61Z\"",
            "[".repeat(5_000),
            "{\"" + PRIVATE + "\": [\"" + PRIVATE + "\", {}]}");
    Arbitrary<String> names =
        Arbitraries.of(
            "id",
            "channelId",
            "status",
            "createdAt",
            "lastStatusAt",
            "results",
            "nextPageToken",
            "code",
            "message",
            "details",
            "type",
            "mediaUrl",
            "uploadUrl",
            "uploadMethod",
            "uploadFormData",
            "serviceWindowExpireAt");
    Arbitrary<String> objects =
        Combinators.combine(names, values)
            .as((name, value) -> "\"" + name + "\": " + value)
            .list()
            .ofMaxSize(12)
            .map(fields -> "{" + String.join(", ", fields) + "}");
    Arbitrary<byte[]> texts =
        Arbitraries.oneOf(objects, objects.map(one -> "{\"results\": [" + one + "]}"), values)
            .map(text -> text.getBytes(StandardCharsets.UTF_8));
    Arbitrary<byte[]> cut =
        Combinators.combine(texts, Arbitraries.integers().between(0, 60))
            .as((text, length) -> java.util.Arrays.copyOf(text, Math.min(length, text.length)));
    return Arbitraries.oneOf(texts, cut, Arbitraries.bytes().array(byte[].class).ofMaxSize(200));
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
        assertThat(shown.toString()).doesNotContain(PRIVATE);
      }
    }
  }
}
