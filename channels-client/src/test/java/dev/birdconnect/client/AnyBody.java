package dev.birdconnect.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Bodies as no API should answer: JSON of the wrong types, cut off, and no JSON at all. */
public final class AnyBody {

  /** A phone number that stands in many of them. */
  public static final String PRIVATE = "+31612345678";

  private static final String MESSAGE =
      """
      {"id": "m1", "channelId": "c1", "status": "accepted", "reference": "r1", "body": "%s",
       "createdAt": "2031-03-01T13:00:02Z", "lastStatusAt": "2031-03-01T13:00:02Z"}
      """
          .formatted(PRIVATE);

  private AnyBody() {}

  /** Any body, readable ones among them. */
  public static Arbitrary<byte[]> bodies() {
    Arbitrary<String> objects =
        Combinators.combine(names(), values())
            .as((name, value) -> "\"" + name + "\": " + value)
            .list()
            .ofMaxSize(12)
            .map(fields -> "{" + String.join(", ", fields) + "}");
    Arbitrary<String> entries = Arbitraries.oneOf(objects, Arbitraries.just(MESSAGE));
    Arbitrary<byte[]> texts =
        Arbitraries.oneOf(
                entries,
                entries.list().ofMaxSize(4).map(all -> "{\"results\": " + all + "}"),
                values())
            .map(text -> text.getBytes(StandardCharsets.UTF_8));
    Arbitrary<byte[]> cut =
        Combinators.combine(texts, Arbitraries.integers().between(0, 60))
            .as((text, length) -> Arrays.copyOf(text, Math.min(length, text.length)));
    return Arbitraries.oneOf(texts, cut, Arbitraries.bytes().array(byte[].class).ofMaxSize(200));
  }

  private static Arbitrary<String> values() {
    return Arbitraries.of(
        "null",
        "1e999999999",
        "-0.0",
        "123456789012345678901234567890",
        "9".repeat(1_001),
        "true",
        "{}",
        "[[]]",
        "\"\\ud800\"",
        "\"" + PRIVATE + "\"",
        "\"+999999999-12-31T23:59:59Z\"",
        "\"2031-03-01T13:00:02Z\"",
        "\"0000-00-00T25:61:61Z\"",
        "[".repeat(5_000),
        "{\"" + PRIVATE + "\": [\"" + PRIVATE + "\", {}]}");
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of(
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
  }
}
