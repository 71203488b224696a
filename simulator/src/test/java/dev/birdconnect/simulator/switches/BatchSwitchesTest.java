package dev.birdconnect.simulator.switches;

import static dev.birdconnect.simulator.SimulatorSettings.DEMO_SMS_CHANNEL_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.birdconnect.simulator.Api;
import dev.birdconnect.simulator.Api.Reply;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.contract.Json;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.node.ObjectNode;

/** How a batch is made. */
class BatchSwitchesTest {
  static Sights sights() {
    Sights sights = new Sights();
    sights.see(
        Switch.BATCH_ORDER,
        BatchSwitchesTest::batch,
        "in-order",
        "50 true",
        "any-order",
        "50 false");
    sights.see(Switch.BATCH_DELAY, BatchSwitchesTest::batch, "none", "50 true", "PT0.5S", "0 true");
    return sights;
  }

  private static String batch(World w) throws Exception {
    ObjectNode batch = Json.mapper().createObjectNode();
    var requests = batch.putArray("messageRequests");
    for (int i = 10; i < 60; i++) {
      requests.add(Api.text("r" + i, "+31600000001"));
    }
    Reply taken =
        w.api.post(Api.channel(DEMO_SMS_CHANNEL_ID) + "/batch/messages", batch.toString());
    assertThat(taken.status()).isEqualTo(202);
    int atOnce = w.simulator.size();
    await().until(() -> w.simulator.size() == 50);
    List<String> order =
        w.simulator.messages(DEMO_SMS_CHANNEL_ID).stream().map(MadeMessage::reference).toList();
    return atOnce + " " + order.equals(order.stream().sorted().toList());
  }

  @TestFactory
  Stream<DynamicTest> everyValueIsSeenOverHttp() {
    return sights().tests();
  }
}
