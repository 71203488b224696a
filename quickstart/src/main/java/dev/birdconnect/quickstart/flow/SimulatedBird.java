package dev.birdconnect.quickstart.flow;

import dev.birdconnect.quickstart.evidence.SentMessage;
import dev.birdconnect.simulator.MadeMessage;
import dev.birdconnect.simulator.Simulator;
import dev.birdconnect.simulator.SimulatorSettings;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.life.LifeProfile;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The simulator of a run: the API for the connectors, and the witness of what was really sent. */
public final class SimulatedBird implements AutoCloseable {

  private static final String CHANNEL = SimulatorSettings.DEMO_SMS_CHANNEL_ID;

  /**
   * Some messages fail, in each of the ways there are. Delivery takes longer than the time that the
   * source holds a message back, so that a change of status is there to be seen.
   */
  private static final LifeProfile LIFE =
      LifeProfile.steady()
          .withDelays(Duration.ofMillis(200), Duration.ofMillis(600), Duration.ofMillis(7_000))
          .withSpread(0.25)
          .withFailures(0.01, 0.02, 0.03);

  private final Simulator simulator;

  private SimulatedBird(Simulator simulator) {
    this.simulator = simulator;
  }

  /**
   * Starts it on a free port, with the API's documented rates.
   *
   * @param latency time that each call takes
   * @param seed of ids and of the draws by which messages fail
   */
  public static SimulatedBird start(Duration latency, long seed) {
    Simulator simulator =
        Simulator.start(SimulatorSettings.demo().withSeed(seed).withProfile(LIFE));
    if (!latency.isZero()) {
      simulator.inject(FaultRule.latency(latency));
    }
    return new SimulatedBird(simulator);
  }

  /** Where the API is; the same address shows the inbox page in a browser. */
  public URI url() {
    return simulator.url();
  }

  /** What the connectors' files ask of {@code bird.properties}. */
  public Map<String, String> properties() {
    return Map.of(
        "api.url",
        url().toString(),
        "access.key",
        SimulatorSettings.DEMO_ACCESS_KEY,
        "workspace.id",
        SimulatorSettings.DEMO_WORKSPACE_ID,
        "channel.id",
        CHANNEL,
        "channel.ids",
        CHANNEL);
  }

  /** All messages it has, replies of customers among them. */
  public List<SentMessage> messages() {
    return simulator.messages(CHANNEL).stream().map(SimulatedBird::sent).toList();
  }

  /** A customer answers. */
  public void reply(String phoneNumber, String text) {
    MadeMessage unused = simulator.receiveInbound(CHANNEL, phoneNumber, text);
  }

  /** Commands that a user can try while it runs, one a line. */
  public List<String> examples() {
    return List.of(
        "curl -H 'Authorization: AccessKey "
            + SimulatorSettings.DEMO_ACCESS_KEY
            + "' '"
            + url()
            + "/workspaces/"
            + SimulatorSettings.DEMO_WORKSPACE_ID
            + "/channels/"
            + CHANNEL
            + "/messages?limit=3'",
        "curl -H 'Content-Type: application/json' -d '{\"from\": \"+31600009999\", \"text\": \"Where"
            + " is my parcel?\"}' "
            + url()
            + "/control/channels/"
            + CHANNEL
            + "/inbound");
  }

  @Override
  public void close() {
    simulator.close();
  }

  private static SentMessage sent(MadeMessage message) {
    return new SentMessage(
        message.id(),
        SinkOrigin.of(message.reference()),
        message.direction().equals("outgoing"),
        message.status(),
        message.createdAt());
  }
}
