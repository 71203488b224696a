package dev.birdconnect.simulator.switches;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_EMAIL_CHANNEL_ID;
import static dev.birdconnect.simulator.SimulatorSettings.DEMO_WORKSPACE_ID;
import static dev.birdconnect.simulator.switches.World.TO;

import dev.birdconnect.simulator.Api;
import dev.birdconnect.simulator.Api.Reply;
import dev.birdconnect.simulator.conformance.ProvokedAnswers;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Forms of uploads, the store's answer, and media that are missing. */
class UploadSwitchesTest {
  static Sights sights() {
    Sights sights = new Sights();
    sights.see(
        Switch.UPLOAD_FORM_LIFE,
        w -> {
          JsonNode form = form(w);
          w.clock.advance(Duration.ofSeconds(30));
          return "" + ProvokedAnswers.upload(w.api, form, new byte[10]).status();
        },
        "PT15M",
        "204",
        "PT30S",
        "403");
    sights.see(
        Switch.UPLOAD_ANSWER,
        w -> "" + ProvokedAnswers.upload(w.api, form(w), new byte[10]).status(),
        "204",
        "204",
        "201",
        "201",
        "200",
        "200");
    sights.see(
        Switch.MISSING_MEDIA,
        w -> {
          String url = form(w).path("mediaUrl").asString();
          Reply made =
              w.send(
                  "{"
                      + TO
                      + ",\"body\":{\"type\":\"gif\",\"gif\":{\"mediaUrl\":\""
                      + url
                      + "\"}}}");
          return made.status() == 202 ? w.later(made) : "" + made.status();
        },
        "sending-failed",
        "202 sending_failed 15005",
        "refused",
        "422",
        "ignored",
        "202 delivered ");
    sights.see(
        Switch.UPLOAD_FIELDS,
        w ->
            ""
                + w.api
                    .post(
                        Api.channel(DEMO_EMAIL_CHANNEL_ID) + "/presigned-upload",
                        "{\"contentType\":\"image/png\",\"name\":\"a\"}")
                    .status(),
        "refused",
        "422",
        "ignored",
        "200");
    return sights;
  }

  private static JsonNode form(World w) throws Exception {
    return w.api
        .post(
            "/workspaces/" + DEMO_WORKSPACE_ID + "/channel-media/presigned-upload",
            "{\"contentType\":\"image/png\"}")
        .json();
  }

  @TestFactory
  Stream<DynamicTest> everyValueIsSeenOverHttp() {
    return sights().tests();
  }
}
