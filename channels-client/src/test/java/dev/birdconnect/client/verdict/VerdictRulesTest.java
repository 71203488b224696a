package dev.birdconnect.client.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.message.UploadForm;
import dev.birdconnect.client.verdict.ReadOutcome.Hindrance;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictRulesTest {

  private static final String MESSAGE =
      """
      {"id": "5d7d2f0e-9a3b-4f0b-8d0c-2b7c5a1e9f01", "channelId": "c1a0f9f2-3b7d-4a51-9d57-0e6c2b8a4d11",
       "status": "accepted", "createdAt": "2031-03-01T13:00:02.004123456Z",
       "lastStatusAt": "2031-03-01T13:00:02Z", "unheardOf": {"kept": true}}
      """;

  private final VerdictRules rules = new VerdictRules(ConflictRule.REJECT);

  private static Answer answer(int status, String body) {
    return new Answer(
        status, ByteString.encodeUtf8(body), Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Test
  void numbersKeepTheirDigits() {
    String kept = "{\"price\":12.50,\"sum\":1234567890123456.789}";
    Answer answer = answer(200, MESSAGE.replace("{\"kept\": true}", kept));

    assertThat(rules.ofRead(answer, Message::of))
        .isInstanceOfSatisfying(
            ReadOutcome.Found.class,
            found ->
                assertThat(((Message) found.value()).resource().path("unheardOf").toString())
                    .isEqualTo(kept));
  }

  @ParameterizedTest
  @CsvSource({
    "301, Denied, Denied",
    "307, Denied, Denied",
    "400, Rejected, Rejected",
    "401, Denied, Denied",
    "402, Denied, Denied",
    "403, Denied, Rejected",
    "404, Denied, Rejected",
    "405, Denied, Denied",
    "408, Unknown, Unknown",
    "409, Rejected, Rejected",
    "413, Rejected, Rejected",
    "415, Denied, Denied",
    "422, Rejected, Rejected",
    "429, NotProcessed, NotProcessed",
    "500, Unknown, Unknown",
    "502, Unknown, Unknown",
    "503, Unknown, Unknown",
    "504, Unknown, Unknown",
    "599, Unknown, Unknown"
  })
  void everyStatusHasItsVerdict(int status, String configured, String fromRecord) {
    Answer answer = answer(status, "");
    assertThat(rules.ofSend(answer, AddressOrigin.CONFIGURED).getClass().getSimpleName())
        .isEqualTo(configured);
    assertThat(rules.ofSend(answer, AddressOrigin.RECORD).getClass().getSimpleName())
        .isEqualTo(fromRecord);
  }

  @ParameterizedTest
  @CsvSource({
    "400, Rejected, Rejected",
    "401, Denied, Denied",
    "403, Denied, Rejected",
    "404, Denied, Rejected",
    "200, NotProcessed, NotProcessed",
    "408, NotProcessed, NotProcessed",
    "409, Rejected, Rejected",
    "413, Rejected, Rejected",
    "418, Denied, Denied",
    "422, Rejected, Rejected",
    "429, NotProcessed, NotProcessed",
    "500, NotProcessed, NotProcessed",
    "503, NotProcessed, NotProcessed"
  })
  void aFormThatIsNotGivenMeansWhatTheStatusMeansOnASendButLeavesNothingUnknown(
      int status, String configured, String fromRecord) {
    ReadOutcome<UploadForm> outcome = rules.ofRead(answer(status, ""), UploadForm::of);
    assertThat(rules.ofMissingForm(outcome, AddressOrigin.CONFIGURED).getClass().getSimpleName())
        .isEqualTo(configured);
    assertThat(rules.ofMissingForm(outcome, AddressOrigin.RECORD).getClass().getSimpleName())
        .isEqualTo(fromRecord);
  }

  @Test
  void aFormThatIsNotGivenKeepsTheReasonAndTheWait() {
    Answer throttled =
        new Answer(429, ByteString.EMPTY, Optional.empty(), Optional.of("3"), Optional.empty());
    assertThat(
            rules.ofMissingForm(rules.ofRead(throttled, UploadForm::of), AddressOrigin.CONFIGURED))
        .isInstanceOfSatisfying(
            Verdict.NotProcessed.class,
            verdict -> {
              assertThat(verdict.retryAfter()).contains(Duration.ofSeconds(3));
              assertThat(verdict.reason().complaint()).isPresent();
            });
    assertThat(
            rules.ofMissingForm(
                rules.ofRead(new ConnectException("no way"), false), AddressOrigin.CONFIGURED))
        .isInstanceOfSatisfying(
            Verdict.NotProcessed.class,
            verdict -> assertThat(verdict.reason().complaint()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"REJECT, Rejected", "RETRY, NotProcessed", "FAIL, Denied"})
  void conflictIsASetting(ConflictRule rule, String verdict) {
    assertThat(
            new VerdictRules(rule)
                .ofSend(answer(409, ""), AddressOrigin.CONFIGURED)
                .getClass()
                .getSimpleName())
        .isEqualTo(verdict);
  }

  @Test
  void acceptedKeepsFieldsNobodyKnows() {
    Verdict verdict = rules.ofSend(answer(202, MESSAGE), AddressOrigin.CONFIGURED);

    Message message = ((Verdict.Accepted) verdict).message();
    assertThat(message.createdAt()).isEqualTo(Instant.parse("2031-03-01T13:00:02.004123456Z"));
    assertThat(message.resource().at("/unheardOf/kept").booleanValue()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"''", "'<html></html>'", "'{'", "'[]'", "'{\"id\": 7}'", "'null'"})
  void anUnreadableAcceptanceIsUnknown(String body) {
    assertThat(rules.ofSend(answer(202, body), AddressOrigin.CONFIGURED))
        .isInstanceOf(Verdict.Unknown.class);
  }

  @Test
  void whatHadNotLeftIsSafeToRepeatWhateverBrokeIt() {
    assertThat(rules.ofSend(new ConnectException("refused"), false))
        .isInstanceOf(Verdict.NotProcessed.class);
    assertThat(rules.ofSend(new SocketTimeoutException("connect"), false))
        .isInstanceOf(Verdict.NotProcessed.class);
    assertThat(rules.ofSend(new SocketTimeoutException("read"), true))
        .isInstanceOf(Verdict.Unknown.class);
  }

  @ParameterizedTest
  @CsvSource({
    "400, Refused", "401, Denied", "402, Denied", "403, Denied", "404, Missing",
    "408, Unavailable", "409, Denied", "422, Refused", "429, Unavailable", "500, Unavailable",
    "302, Denied"
  })
  void everyStatusHasItsReadOutcome(int status, String outcome) {
    assertThat(rules.ofRead(answer(status, "<html>"), MessagePage::of).getClass().getSimpleName())
        .isEqualTo(outcome);
  }

  @Test
  void onlyAnAnswerThatIsTooLongOrTooSlowMayBeHelpedByAskingForLess() {
    assertThat(hindrance(new AnswerTooLongException(5), true)).isEqualTo(Hindrance.TOO_LONG);
    assertThat(hindrance(new InterruptedIOException("timeout"), true))
        .isEqualTo(Hindrance.TOO_SLOW);
    assertThat(hindrance(new SocketTimeoutException("timeout"), true))
        .isEqualTo(Hindrance.TOO_SLOW);
    assertThat(hindrance(new SocketTimeoutException("connect timed out"), false))
        .as("it has not left")
        .isEqualTo(Hindrance.OTHER);
    assertThat(hindrance(new EOFException(), true)).isEqualTo(Hindrance.OTHER);
  }

  private Hindrance hindrance(IOException failure, boolean requestBegan) {
    ReadOutcome<MessagePage> outcome = rules.ofRead(failure, requestBegan);
    return ((ReadOutcome.Unavailable<MessagePage>) outcome).hindrance();
  }

  @Test
  void readsAPageAndTheServersTime() {
    Answer answer =
        new Answer(
            200,
            ByteString.encodeUtf8("{\"results\": [" + MESSAGE + "], \"nextPageToken\": \"t\"}"),
            Optional.of(Instant.parse("2031-03-01T13:00:05Z")),
            Optional.empty(),
            Optional.empty());

    ReadOutcome<MessagePage> outcome = rules.ofRead(answer, MessagePage::of);

    ReadOutcome.Found<MessagePage> found = (ReadOutcome.Found<MessagePage>) outcome;
    assertThat(found.serverTime()).contains(Instant.parse("2031-03-01T13:00:05Z"));
    assertThat(found.value().results()).hasSize(1);
    assertThat(found.value().nextPageToken()).contains("t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "7|7",
        "99999|3600",
        "Sat, 01 Mar 2031 13:00:12 GMT|7",
        "Sat, 01 Mar 2031 12:00:00 GMT|0"
      })
  void retryAfterIsReadInBothForms(String header, long seconds) {
    Answer answer =
        new Answer(
            429,
            ByteString.EMPTY,
            Optional.of(Instant.parse("2031-03-01T13:00:05Z")),
            Optional.of(header),
            Optional.empty());

    Verdict verdict = rules.ofSend(answer, AddressOrigin.CONFIGURED);

    assertThat(((Verdict.NotProcessed) verdict).retryAfter()).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"soon", "-1", "1.5", "''", "12345678901"})
  void anUnreadableRetryAfterIsNone(String header) {
    Answer answer =
        new Answer(429, ByteString.EMPTY, Optional.empty(), Optional.of(header), Optional.empty());
    assertThat(VerdictRules.retryAfter(answer)).isEmpty();
  }

  @Test
  void complaintsNameFieldsAndMaskValues() {
    String body =
        """
        {"code": "InvalidPayload", "message": "Some fields for +31600000001 are wrong: ann@example.org",
         "details": {".receiver.contacts[0]": ["property \\"phone\\" is unsupported",
           "Invalid value: \\"Dear Ann\\", expected one of: text", "property \\"+31600000001\\" is unsupported",
           "property \\"For Bob Jones\\" is unsupported"],
           ".tags.carl@example.org": ["too many"]}}
        """;
    Verdict verdict = rules.ofSend(answer(422, body), AddressOrigin.CONFIGURED);

    String sentence = ((Verdict.Rejected) verdict).reason().sentence();
    assertThat(sentence)
        .contains("422", "InvalidPayload", ".receiver.contacts[0]", "property \"phone\"")
        .doesNotContain(
            "31600000001", "ann@example.org", "Dear Ann", "Bob Jones", "carl@example.org");
  }

  @Test
  void reasonsOfNetworkFailuresHoldNoText() {
    Verdict verdict = rules.ofSend(new IOException("secret +31600000001"), true);
    assertThat(((Verdict.Unknown) verdict).reason().sentence()).doesNotContain("31600000001");
  }

  @Property
  void noAnswerEscapesTheTypes(
      @ForAll @IntRange(min = 100, max = 599) int status, @ForAll("bodies") String body) {
    Answer answer = answer(status, body);
    assertThat(rules.ofSend(answer, AddressOrigin.CONFIGURED)).isNotNull();
    assertThat(rules.ofSend(answer, AddressOrigin.RECORD)).isNotNull();
    assertThat(rules.ofRead(answer, MessagePage::of)).isNotNull();
    assertThat(rules.ofRead(answer, Message::of)).isNotNull();
  }

  @Provide
  Arbitrary<String> bodies() {
    Arbitrary<String> broken =
        Arbitraries.integers().between(0, MESSAGE.length()).map(end -> MESSAGE.substring(0, end));
    Arbitrary<String> nested =
        Arbitraries.integers().between(0, 3_000).map(depth -> "[".repeat(depth));
    Arbitrary<String> errors =
        Arbitraries.of(
            "{\"details\": []}",
            "{\"details\": {\"a\": null}}",
            "{\"details\": {\"a\": {\"b\": 1}}, \"code\": 7, \"message\": null}",
            "{\"results\": [1, null]}",
            "{\"results\": {}}");
    return Arbitraries.oneOf(broken, nested, errors, Arbitraries.strings().ofMaxLength(200));
  }
}
