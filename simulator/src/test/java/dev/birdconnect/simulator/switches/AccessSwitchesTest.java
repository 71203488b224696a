package dev.birdconnect.simulator.switches;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_ACCESS_KEY;
import static dev.birdconnect.simulator.switches.World.FOREIGN;
import static dev.birdconnect.simulator.switches.World.TEXT;
import static dev.birdconnect.simulator.switches.World.TO;

import dev.birdconnect.simulator.Api;
import dev.birdconnect.simulator.Api.Reply;
import dev.birdconnect.simulator.fault.FaultRule;
import java.net.http.HttpRequest;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Keys, rates, sizes, error bodies, the order of checks and the clock. */
class AccessSwitchesTest {
  static Sights sights() {
    Sights sights = new Sights();
    sights.see(
        Switch.ERROR_BODY,
        w -> {
          Reply reply =
              w.api.call(w.api.request(Api.messages()).setHeader("Authorization", "no").GET());
          w.simulator.inject(FaultRule.answer(503));
          Reply failed = w.list("");
          return reply.status()
              + reply.json().path("code").asString("")
              + reply.response().body().contains("<html>")
              + " "
              + failed.status()
              + failed.json().path("code").asString("")
              + failed.response().body().isEmpty();
        },
        "documented",
        "401Unauthorizedfalse 503InternalErrorfalse",
        "empty",
        "401false 503true",
        "html",
        "401true 503false");
    sights.see(
        Switch.RETRY_AFTER,
        true,
        w -> {
          Reply reply = w.list("");
          while (reply.status() != 429) {
            reply = w.list("");
          }
          return reply.header("Retry-After");
        },
        "none",
        "",
        "seconds",
        "1",
        "date",
        "Sat, 01 Mar 2031 13:00:01 GMT");
    sights.see(
        Switch.LARGEST_BODY,
        w -> w.send("x".repeat(200_001)).status() + " " + w.send("x".repeat(204_801)).status(),
        "204800",
        "400 413",
        "200000",
        "413 413");
    sights.see(
        Switch.BEARER,
        w ->
            ""
                + w.api
                    .call(
                        w.api
                            .request(Api.messages())
                            .setHeader("Authorization", "Bearer " + DEMO_ACCESS_KEY)
                            .GET())
                    .status(),
        "refused",
        "401",
        "accepted",
        "200");
    sights.see(
        Switch.FOREIGN_WORKSPACE,
        w -> "" + w.api.get("/workspaces/" + FOREIGN + "/channels").status(),
        "403",
        "403",
        "404",
        "404");
    sights.see(
        Switch.CONTENT_TYPE,
        w ->
            ""
                + w.api
                    .call(
                        w.api
                            .request(Api.messages())
                            .setHeader("Content-Type", "text/plain")
                            .POST(HttpRequest.BodyPublishers.ofString("{" + TO + "," + TEXT + "}")))
                    .status(),
        "400",
        "400",
        "415",
        "415",
        "ignored",
        "202");
    sights.see(
        Switch.CHECK_ORDER,
        w ->
            "" + w.api.post(Api.channel(UUID.randomUUID().toString()) + "/messages", "{}").status(),
        "channel-first",
        "404",
        "fields-first",
        "422");
    sights.see(
        Switch.CLOCK_SHIFT,
        w -> {
          Reply made = w.sendText("a");
          return made.header("Date").substring(17, 25)
              + " "
              + made.json().path("createdAt").asString().substring(11, 19);
        },
        "none",
        "13:00:00 13:00:00",
        "PT10M",
        "13:10:00 13:10:00",
        "-60000",
        "12:59:00 12:59:00");
    return sights;
  }

  @TestFactory
  Stream<DynamicTest> everyValueIsSeenOverHttp() {
    return sights().tests();
  }
}
