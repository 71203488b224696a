package dev.birdconnect.simulator.switches;

import static dev.birdconnect.simulator.switches.World.TEXT;
import static dev.birdconnect.simulator.switches.World.TO;

import dev.birdconnect.simulator.Api;
import dev.birdconnect.simulator.Api.Reply;
import dev.birdconnect.simulator.fault.FaultRule;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a send may hold, and what comes back of it. */
class SendSwitchesTest {
  static Sights sights() {
    Sights sights = new Sights();
    sights.see(
        Switch.CONFLICT,
        w ->
            w.sendText("a").status()
                + " "
                + w.sendText("a").status()
                + " "
                + w.sendText("b").status(),
        "never",
        "202 202 202",
        "used-reference",
        "202 409 202");
    sights.see(
        Switch.IDEMPOTENCY_KEY,
        w -> {
          for (int i = 0; i < 2; i++) {
            w.api.call(
                w.api
                    .request(Api.messages())
                    .header("Idempotency-Key", "k")
                    .POST(HttpRequest.BodyPublishers.ofString("{" + TO + "," + TEXT + "}")));
          }
          return "" + w.simulator.size();
        },
        "ignored",
        "2",
        "honoured",
        "1");
    String two = "{\"receiver\":{\"contacts\":[{},{}]}," + TEXT + "}";
    sights.see(
        Switch.SEVERAL_RECIPIENTS,
        w -> {
          Reply made = w.send(two);
          return made.status() == 202 ? w.later(made) : "" + made.status();
        },
        "422",
        "422",
        "400",
        "400",
        "rejected-later",
        "202 rejected 11001");
    sights.see(
        Switch.EMPTY_ARRAYS,
        w ->
            w.send("{\"receiver\":{\"contacts\":[]}," + TEXT + "}").status()
                + " "
                + w.send("{\"receiver\":{}," + TEXT + "}").status()
                + " "
                + w.send("{" + TO + ",\"body\":{\"type\":\"image\",\"image\":{\"images\":[]}}}")
                    .status()
                + " "
                + w.send("{" + TO + ",\"body\":{\"type\":\"file\",\"file\":{\"files\":[]}}}")
                    .status()
                + " "
                + w.send("{" + TO + ",\"template\":{\"parameters\":[]}}").status(),
        "refused",
        "422 422 422 422 202",
        "by-the-letter",
        "202 202 202 202 202");
    sights.see(
        Switch.BODY_AND_TEMPLATE,
        w -> {
          Reply reply = w.send("{" + TO + "," + TEXT + ",\"template\":{}}");
          return reply.status() + " " + reply.json().has("body");
        },
        "refused",
        "422 false",
        "template-wins",
        "202 false");
    sights.see(
        Switch.MESSAGE_FIELDS,
        w -> {
          List<String> names = new ArrayList<>(w.sendText("a").json().propertyNames());
          names.removeAll(List.of("id", "channelId", "status", "createdAt", "lastStatusAt"));
          boolean noReference = w.send("{" + TO + "," + TEXT + "}").json().has("reference");
          return names.contains("reference") + " " + (names.size() == 1) + " " + noReference;
        },
        "all",
        "true false true",
        "sparse",
        "true true false");
    sights.see(
        Switch.ACTION_BODY,
        w -> {
          String request = "{" + TO + ",\"body\":{\"type\":\"TYPE\"}}";
          return w.send(request.replace("TYPE", "action")).status()
              + " "
              + w.send(request.replace("TYPE", "permission_request")).status();
        },
        "accepted",
        "202 422",
        "refused",
        "422 422");
    sights.see(
        Switch.FAR_SCHEDULE,
        w -> {
          Reply made =
              w.send("{" + TO + "," + TEXT + ",\"scheduledFor\":\"2031-04-06T00:00:00Z\"}");
          w.clock.advance(Duration.ofDays(40));
          return made.status() == 202 ? w.later(made) : "" + made.status();
        },
        "refused",
        "422",
        "rejected-later",
        "202 rejected 11002");
    sights.see(
        Switch.TAGS,
        w -> {
          ObjectNode send = Api.text("a", "+1");
          send.putArray("tags").add("B c").add("A").add("a");
          return w.api.send(send).json().path("tags").toString();
        },
        "in-order",
        "[\"b c\",\"a\"]",
        "sorted",
        "[\"a\",\"b c\"]",
        "with-repeats",
        "[\"b c\",\"a\",\"a\"]");
    sights.see(
        Switch.OTP_EXPIRATION,
        w -> {
          String otp =
              "{"
                  + TO
                  + ",\"body\":{\"type\":\"authentication\",\"authentication\":"
                  + "{\"otp\":{\"disclaimer\":true,\"expirationTime\":N}}}}";
          return w.send(otp.replace("N", "90")).status()
              + " "
              + w.send(otp.replace("N", "91")).status();
        },
        "range-only",
        "202 422");
    sights.see(
        Switch.CONTACT_IDS,
        w -> {
          String path = "/receiver/contacts/0/id";
          return "" + w.sendText("a").json().at(path).equals(w.sendText("b").json().at(path));
        },
        "by-identifier",
        "true",
        "per-message",
        "false");
    sights.see(
        Switch.IDENTIFIER_FORMAT,
        w ->
            w.api.send(Api.text("a", "0612")).status()
                + " "
                + w.api.send(Api.text("a", "+31600000001")).status(),
        "unchecked",
        "202 202",
        "checked",
        "422 202");
    sights.see(
        Switch.TIMES,
        w -> w.sendText("a").json().path("createdAt").asString(),
        "three-decimals",
        "2031-03-01T13:00:00.120Z",
        "nine-decimals",
        "2031-03-01T13:00:00.120000000Z",
        "no-trailing-zeros",
        "2031-03-01T13:00:00.12Z");
    sights.see(
        Switch.FAILED_SEND,
        w -> {
          w.simulator.inject(FaultRule.answer(500));
          String seen;
          try {
            seen = "" + w.sendText("a").status();
          } catch (IOException e) {
            // Without the answer's head the client says nothing of its body.
            seen =
                String.valueOf(e.getMessage()).contains("fixed content-length") ? "part" : "none";
          }
          return seen + " " + w.simulator.size();
        },
        "no-message",
        "500 0",
        "message-made",
        "500 1",
        "cut-before-answer",
        "none 1",
        "cut-after-first-byte",
        "part 1");
    sights.see(
        Switch.FORMATS,
        w -> "" + w.send("{" + TO + "," + TEXT + ",\"scheduledFor\":\"soon\"}").status(),
        "checked",
        "422",
        "unchecked",
        "202");
    sights.see(
        Switch.NULL_BODY,
        w -> {
          Reply reply = w.send("{" + TO + ",\"body\":null,\"template\":{}}");
          return reply.status() + " " + reply.json().path("details").has(".body");
        },
        "as-missing",
        "202 false",
        "refused",
        "422 true");
    return sights;
  }

  @TestFactory
  Stream<DynamicTest> everyValueIsSeenOverHttp() {
    return sights().tests();
  }
}
