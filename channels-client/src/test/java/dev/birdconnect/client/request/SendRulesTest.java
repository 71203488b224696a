package dev.birdconnect.client.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documented limits of a send. */
class SendRulesTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MOST_BYTES = 200_000;

  private static ObjectNode saying(String text) {
    ObjectNode send = MAPPER.createObjectNode();
    send.putObject("receiver").putArray("contacts").addObject().put("identifierValue", "x");
    ObjectNode body = send.putObject("body").put("type", "text");
    body.putObject("text").put("text", text);
    return send;
  }

  private static ObjectNode tagged(List<String> tags) {
    ObjectNode send = saying("hello");
    ArrayNode array = send.putArray("tags");
    tags.forEach(array::add);
    return send;
  }

  private static List<FieldComplaint> complaints(ObjectNode send) {
    InvalidRequestException refusal =
        catchThrowableOfType(InvalidRequestException.class, () -> SendRequest.of(send));
    return refusal == null ? List.of() : refusal.complaints();
  }

  private static List<FieldComplaint> complaintsAboutSize(ObjectNode send)
      throws InvalidRequestException {
    SendRequest request = SendRequest.of(send);
    InvalidRequestException refusal =
        catchThrowableOfType(InvalidRequestException.class, request::checkSize);
    return refusal == null ? List.of() : refusal.complaints();
  }

  /** A text that makes the request as large as this, of characters that take so many bytes. */
  private static String filling(int bytes, String character, int bytesOfCharacter)
      throws InvalidRequestException {
    int left = bytes - SendRequest.of(saying("")).toJson().length;
    return character.repeat(left / bytesOfCharacter) + "x".repeat(left % bytesOfCharacter);
  }

  @Test
  void aRequestOfTheLargestSizePassesAndOneByteMoreDoesNot() throws Exception {
    String largest = filling(MOST_BYTES, "x", 1);
    assertThat(complaintsAboutSize(saying(largest))).isEmpty();

    assertThat(complaintsAboutSize(saying(largest + "x")))
        .singleElement()
        .satisfies(
            complaint -> {
              assertThat(complaint.path()).isEqualTo(".body");
              assertThat(complaint.complaint()).contains("200001 bytes", "takes 200000");
            });
  }

  @Test
  void bytesCountAsTheyAreSentNotCharacters() throws Exception {
    String accented = filling(MOST_BYTES, "é", 2);
    assertThat(complaintsAboutSize(saying(accented))).isEmpty();
    assertThat(complaintsAboutSize(saying(accented + "é"))).hasSize(1);

    String escaped = filling(MOST_BYTES, "\u0001", 6);
    assertThat(complaintsAboutSize(saying(escaped))).isEmpty();
    assertThat(complaintsAboutSize(saying(escaped + "\u0001"))).hasSize(1);
  }

  @Test
  void whatIsAddedLaterCounts() throws Exception {
    SendRequest plain = SendRequest.of(saying(filling(MOST_BYTES, "x", 1)));
    assertThatCode(plain::checkSize).doesNotThrowAnyException();

    assertThat(
            catchThrowableOfType(
                InvalidRequestException.class, () -> plain.withReference("r").checkSize()))
        .isNotNull();
  }

  @Test
  void theLargestPartIsNamed() throws Exception {
    ObjectNode send = saying("x".repeat(90_000));
    send.putObject("meta").putObject("extraInformation").put("note", "x".repeat(120_000));

    assertThat(complaintsAboutSize(send)).extracting(FieldComplaint::path).containsExactly(".meta");
  }

  @Test
  void tenTagsPassAndOneMoreDoesNot() {
    List<String> tags = IntStream.range(0, 11).mapToObj(i -> "tag-" + i).toList();
    assertThat(complaints(tagged(tags.subList(0, 10)))).isEmpty();

    assertThat(complaints(tagged(tags))).extracting(FieldComplaint::path).containsExactly(".tags");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "Big sale_2-b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
  void aTagOfTheDocumentedFormPasses(String tag) {
    assertThat(complaints(tagged(List.of(tag)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a.b", "é", "a\n", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
  void anyOtherTagIsNamedByItsPlaceAndNotQuoted(String tag) {
    assertThat(complaints(tagged(List.of("ok", tag))))
        .singleElement()
        .satisfies(
            complaint -> {
              assertThat(complaint.path()).isEqualTo(".tags[1]");
              assertThat(complaint.complaint()).doesNotContain("a.b", "aaa");
            });
  }

  @Test
  void aScheduleHasToBeATime() {
    ObjectNode send = saying("hello");
    assertThat(complaints(send.put("scheduledFor", "2031-03-01T13:00:00+01:00"))).isEmpty();

    assertThat(complaints(send.put("scheduledFor", "2031-03-01")))
        .extracting(FieldComplaint::path)
        .containsExactly(".scheduledFor");
  }

  private static List<FieldComplaint> complaintsOf(Check check) {
    InvalidRequestException refusal =
        catchThrowableOfType(InvalidRequestException.class, check::make);
    return refusal == null ? List.of() : refusal.complaints();
  }

  private interface Check {
    void make() throws InvalidRequestException;
  }

  @Test
  void aContactHasToNameSomebody() {
    for (String name : List.of("id", "identifierValue", "platformAddress")) {
      ObjectNode named = saying("hello");
      named.putObject("receiver").putArray("contacts").addObject().put(name, "x");
      assertThat(complaints(named)).isEmpty();

      ObjectNode blank = saying("hello");
      ArrayNode contacts = blank.putObject("receiver").putArray("contacts");
      contacts.addObject().put("id", "x");
      contacts.addObject().put(name, " ").put("type", "cc");
      assertThat(complaints(blank))
          .singleElement()
          .satisfies(
              complaint -> {
                assertThat(complaint.path()).isEqualTo(".receiver.contacts[1]");
                assertThat(complaint.complaint()).contains("give identifierValue or id");
              });
    }
  }

  private static SendRequest to(int contacts) throws InvalidRequestException {
    ObjectNode send = saying("hello");
    ArrayNode array = send.putObject("receiver").putArray("contacts");
    IntStream.range(0, contacts).forEach(i -> array.addObject().put("id", "c" + i));
    return SendRequest.of(send);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sms", "whatsapp", "sms-messagebird", "\"odd\" name", ""})
  void severalContactsAreForEmailOnly(String platform) throws Exception {
    assertThat(to(2).hasSeveralContacts()).isTrue();
    assertThat(complaintsOf(() -> to(2).checkPlatform(platform)))
        .singleElement()
        .satisfies(
            complaint -> {
              assertThat(complaint.path()).isEqualTo(".receiver.contacts");
              assertThat(complaint.complaint())
                  .contains("there are 2 contacts", "keep one of them")
                  .doesNotContain("odd");
            });

    assertThat(to(1).hasSeveralContacts()).isFalse();
    assertThat(complaintsOf(() -> to(1).checkPlatform(platform))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"email", "Email", "email-sparkpost"})
  void emailTakesSeveralContacts(String platform) throws Exception {
    assertThat(complaintsOf(() -> to(2).checkPlatform(platform))).isEmpty();
  }

  @Test
  void aScheduleIsAtMostThirtyFiveDaysAheadByTheServersClock() throws Exception {
    Instant now = Instant.parse("2031-03-01T13:00:00Z");
    SendRequest furthest =
        SendRequest.of(saying("hello").put("scheduledFor", "2031-04-05T15:01:00+02:00"));
    assertThat(complaintsOf(() -> furthest.checkSchedule(now)))
        .as("within a minute of the limit the API decides")
        .isEmpty();

    assertThat(complaintsOf(() -> furthest.checkSchedule(now.minusSeconds(1))))
        .singleElement()
        .satisfies(
            complaint -> {
              assertThat(complaint.path()).isEqualTo(".scheduledFor");
              assertThat(complaint.complaint())
                  .contains("35 days ahead", "earlier")
                  .doesNotContain("2031");
            });
    assertThat(complaintsOf(() -> SendRequest.of(saying("now")).checkSchedule(now))).isEmpty();
  }
}
