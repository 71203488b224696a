package dev.birdconnect.simulator;

import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.fault.Faults;
import dev.birdconnect.simulator.http.Inbox;
import dev.birdconnect.simulator.http.InteractionOperations;
import dev.birdconnect.simulator.http.ServerSettings;
import dev.birdconnect.simulator.http.SimulatorServer;
import dev.birdconnect.simulator.http.Traffic;
import dev.birdconnect.simulator.life.Step;
import dev.birdconnect.simulator.media.MediaStore;
import dev.birdconnect.simulator.store.Accounts;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.Inspection;
import dev.birdconnect.simulator.store.JsonBytes;
import dev.birdconnect.simulator.store.StoredMessage;
import dev.birdconnect.simulator.switches.ShiftedClock;
import dev.birdconnect.simulator.switches.Switches;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The Channels API on localhost.
 *
 * <pre>{@code
 * try (Simulator simulator = Simulator.start(SimulatorSettings.demo().withoutRateLimits())) {
 *   simulator.inject(FaultRule.doneThenReset().next(3));
 *   // point a client at simulator.url() ...
 *   assertThat(simulator.madeByReference()).containsEntry("order-1001", 1);
 * }
 * }</pre>
 */
public final class Simulator implements AutoCloseable {
  private final SimulatorSettings settings;
  private final Accounts accounts;
  private final Inspection inspection;
  private final Faults faults;
  private final Switches switches;
  private final Clock clock;
  private final MediaStore media;
  private final SimulatorServer server;

  private Simulator(SimulatorSettings settings) {
    this.settings = settings;
    this.switches = new Switches(settings.switches());
    this.clock = new ShiftedClock(settings.clock(), switches);
    this.accounts =
        new Accounts(
            settings.workspaces(), clock, switches, settings.seed(), settings.magicReceivers());
    this.media = new MediaStore(clock);
    this.inspection = new Inspection(accounts);
    this.faults = new Faults();
    this.server =
        SimulatorServer.start(
            new ServerSettings(
                settings.host(),
                settings.port(),
                settings.postPerSecond(),
                settings.getPerSecond(),
                clock,
                switches),
            accounts,
            faults,
            media);
  }

  /** Starts a simulator; its port is open when this returns. */
  public static Simulator start(SimulatorSettings settings) {
    return new Simulator(settings);
  }

  /** Starts one with {@link SimulatorSettings#demo()}. */
  public static Simulator start() {
    return start(SimulatorSettings.demo());
  }

  /** Where the API is, without a slash at the end: what clients take for the API's host. */
  public URI url() {
    return URI.create("http://" + settings.host() + ":" + port());
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** What it was started with. */
  public SimulatorSettings settings() {
    return settings;
  }

  /** Its time. */
  public Clock clock() {
    return settings.clock();
  }

  /** All messages of a channel, both directions, in the order in which they were made. */
  public List<MadeMessage> messages(String channelId) {
    Channel channel = channel(channelId);
    return channel.all().stream().map(message -> made(channel, message)).toList();
  }

  /** All messages of all channels in the order in which they were made. */
  public List<MadeMessage> messages() {
    return accounts.channels().stream()
        .flatMap(channel -> channel.all().stream().map(message -> made(channel, message)))
        .sorted(Comparator.comparingLong(MadeMessage::sequence))
        .toList();
  }

  /** One message as it is now. */
  public Optional<MadeMessage> message(String channelId, String messageId) {
    Channel channel = channel(channelId);
    return channel.find(UUID.fromString(messageId)).map(message -> made(channel, message));
  }

  /** How many messages there are over all channels, both directions. */
  public int size() {
    return inspection.size();
  }

  /** How many outgoing messages were made per reference; those without one are left out. */
  public Map<String, Integer> madeByReference() {
    return inspection.madeByReference();
  }

  /** References of outgoing messages by receiver, in the order in which they were made. */
  public Map<String, List<String>> referencesByReceiver() {
    return inspection.referencesByReceiver();
  }

  /** The fault rules in force. */
  public Faults faults() {
    return faults;
  }

  /** Puts a fault rule in force and returns the id by which {@link #faults()} can remove it. */
  public String inject(FaultRule rule) {
    return faults.add(rule);
  }

  /** A contact sends a text; the message is in the list when this returns. */
  public MadeMessage receiveInbound(String channelId, String from, String text) {
    Channel channel = channel(channelId);
    return new Inbox(accounts)
        .receive(channel.id(), from, Inbox.textBody(text))
        .map(message -> made(channel, message))
        .orElseThrow();
  }

  /** The switches: what the documentation of the API leaves open. */
  public Switches switches() {
    return switches;
  }

  /** The store behind uploads. */
  public MediaStore mediaStore() {
    return media;
  }

  /**
   * A recipient does something with a message, such as {@code opened}, {@code read} or {@code
   * clicked}.
   */
  public void interact(String messageId, String type) {
    if (new InteractionOperations(accounts, clock, switches)
        .note(UUID.fromString(messageId), InteractionOperations.ofType(type))
        .isEmpty()) {
      throw new IllegalArgumentException("There is no message " + messageId + ".");
    }
  }

  /** What was asked of the API. */
  public Traffic traffic() {
    return server.traffic();
  }

  /** Stops listening and ends all requests in flight. */
  @Override
  public void close() {
    server.close();
    media.close();
  }

  private Channel channel(String channelId) {
    return accounts
        .channel(UUID.fromString(channelId))
        .orElseThrow(
            () -> new IllegalArgumentException("The simulator has no channel " + channelId + "."));
  }

  private MadeMessage made(Channel channel, StoredMessage message) {
    long now = clock.millis();
    Step step = message.stepAt(now);
    JsonBytes json = new JsonBytes(512);
    message.write(now, switches.values(), json);
    return new MadeMessage(
        message.sequence(),
        message.position().id().toString(),
        channel.id().toString(),
        message.isIncoming() ? "incoming" : "outgoing",
        message.reference(),
        message.receiver(),
        Instant.ofEpochMilli(message.position().createdAtMillis()),
        step.status().wireName(),
        Instant.ofEpochMilli(step.sinceMillis()),
        new String(json.toByteArray(), StandardCharsets.UTF_8));
  }
}
