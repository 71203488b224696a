package dev.birdconnect.simulator.switches;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_SMS_CHANNEL_ID;

import dev.birdconnect.simulator.Api;
import dev.birdconnect.simulator.Api.Reply;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Order, paging, filters and what lists and reads show when. */
class ListSwitchesTest {
  static Sights sights() {
    Sights sights = new Sights();
    sights.see(
        Switch.LIST_ORDER,
        w -> {
          w.sendThree();
          return w.references("") + "," + w.references("?reverse=true");
        },
        "newest-first",
        "c b a,a b c",
        "oldest-first",
        "a b c,c b a");
    sights.see(
        Switch.PAGE_TOKEN,
        w -> {
          w.sendThree();
          String token = next(w, "?limit=1");
          w.sendText("d");
          return w.references("?limit=2" + token);
        },
        "position",
        "b a",
        "offset",
        "c b");
    sights.see(
        Switch.PAGE_TOKEN_LIFE,
        w -> {
          w.sendThree();
          String token = next(w, "?limit=1");
          w.clock.advance(Duration.ofSeconds(3));
          return "" + w.list("?limit=1" + token).status();
        },
        "for-ever",
        "200",
        "PT2S",
        "422",
        "PT4S",
        "200");
    sights.see(
        Switch.UNREADABLE_PAGE_TOKEN,
        w -> "" + w.list("?pageToken=abc").status(),
        "422",
        "422",
        "400",
        "400");
    sights.see(
        Switch.PAGE_TOKEN_ELSEWHERE,
        w -> {
          w.sendThree();
          String token = next(w, "?limit=1");
          return w.list("?limit=2" + token).status()
              + " "
              + w.list("?limit=1&reverse=true" + token).status();
        },
        "position-only",
        "200 200",
        "refused",
        "200 422");
    sights.see(
        Switch.WORKSPACE_LIST,
        w -> "" + w.api.get(Api.channel("messages")).status(),
        "all-channels",
        "200",
        "missing",
        "404");
    sights.see(
        Switch.UNDOCUMENTED_FILTERS,
        w -> {
          w.sendThree();
          w.simulator.receiveInbound(DEMO_SMS_CHANNEL_ID, "+31600000009", "hi");
          return w.list("?status=accepted").json().path("results").size()
              + " "
              + w.list("?direction=incoming").json().path("results").size()
              + " "
              + w.list("?phonenumber=%2B31600000001").json().path("results").size()
              + " "
              + w.references("?startAt=2031-03-01T13:00:00.130Z&endAt=2031-03-01T13:00:00.140Z")
              + " "
              + w.list("?startAt=2031-03-01T00:00:00Z&endAt=2031-03-08T00:00:00.001Z").status();
        },
        "ignored",
        "4 4 4  c b a 200",
        "applied",
        "3 1 3 b 400");
    sights.see(
        Switch.UNKNOWN_PARAMETERS,
        w -> "" + w.list("?page=2").status(),
        "ignored",
        "200",
        "refused",
        "422");
    sights.see(
        Switch.BATCH_FILTER,
        w -> {
          w.sendThree();
          return "" + w.list("?batchId=" + UUID.randomUUID()).json().path("results").size();
        },
        "ignored",
        "3",
        "applied",
        "0");
    sights.see(
        Switch.READ_DELAY,
        w -> {
          Reply made = w.sendText("a");
          String before = w.read(made).status() + " " + w.references("");
          w.clock.advance(Duration.ofSeconds(2));
          return before + "," + w.read(made).status() + " " + w.references("");
        },
        "at-once",
        "200 a,200 a",
        "PT2S",
        "404 ,200 a",
        "3000",
        "404 ,404 ");
    sights.see(
        Switch.LATE_ARRIVALS,
        w -> {
          w.sendThree();
          w.sendText("d");
          String before = w.references("");
          w.clock.advance(Duration.ofSeconds(3));
          return before + "," + w.references("");
        },
        "none",
        "d c b a,d c b a",
        "PT3S",
        "d b a,d c b a");
    sights.see(
        Switch.BAD_PARAMETERS, w -> "" + w.list("?limit=0").status(), "422", "422", "400", "400");
    sights.see(
        Switch.BAD_PATH_IDS,
        w -> "" + w.api.get(Api.channel("abc")).status(),
        "422",
        "422",
        "400",
        "400",
        "404",
        "404");
    sights.see(
        Switch.KEEP_MESSAGES,
        w -> {
          Reply made = w.sendText("a");
          w.clock.advance(Duration.ofSeconds(5));
          w.sendText("b");
          return w.read(made).status() + " " + w.references("");
        },
        "for-ever",
        "200 b a",
        "PT5S",
        "404 b",
        "PT6S",
        "200 b a");
    sights.see(
        Switch.INBOUND,
        w -> {
          w.simulator.receiveInbound(DEMO_SMS_CHANNEL_ID, "+31600000009", "hi");
          return "" + w.list("").json().path("results").size();
        },
        "listed",
        "1",
        "left-out",
        "0");
    return sights;
  }

  private static String next(World world, String query) throws Exception {
    return "&pageToken=" + world.list(query).json().path("nextPageToken").asString();
  }

  @TestFactory
  Stream<DynamicTest> everyValueIsSeenOverHttp() {
    return sights().tests();
  }
}
