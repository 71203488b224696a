package dev.birdconnect.simulator;

import dev.birdconnect.simulator.account.ChannelSettings;
import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.fault.FaultRule;
import dev.birdconnect.simulator.fault.Faults;
import dev.birdconnect.simulator.generation.HistorySpec;
import dev.birdconnect.simulator.generation.InboundFlow;
import dev.birdconnect.simulator.http.Inbox;
import dev.birdconnect.simulator.http.ServerSettings;
import dev.birdconnect.simulator.http.SimulatorServer;
import dev.birdconnect.simulator.http.Traffic;
import dev.birdconnect.simulator.life.LifeProfile;
import dev.birdconnect.simulator.life.Step;
import dev.birdconnect.simulator.media.MediaStore;
import dev.birdconnect.simulator.store.Accounts;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.Inspection;
import dev.birdconnect.simulator.store.JsonBytes;
import dev.birdconnect.simulator.store.StoredMessage;
import dev.birdconnect.simulator.switches.ShiftedClock;
import dev.birdconnect.simulator.switches.Switches;
import dev.birdconnect.simulator.tls.TlsIdentity;
import dev.birdconnect.simulator.tls.TlsSettings;
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
  private final Optional<TlsIdentity> tls;
  private final SimulatorServer server;

  private Simulator(SimulatorSettings settings) {
    this.settings = settings;
    this.tls = settings.tls().map(how -> TlsIdentity.of(how, settings.host()));
    this.switches = new Switches(settings.switches());
    this.clock = new ShiftedClock(settings.clock(), switches);
    this.accounts =
        new Accounts(
            settings.workspaces(), clock, switches, settings.seed(), settings.magicReceivers());
    this.media = new MediaStore(clock);
    this.inspection = new Inspection(accounts);
    this.faults = new Faults(System::nanoTime);
    try {
      this.server =
          SimulatorServer.start(
              new ServerSettings(
                  settings.host(),
                  settings.port(),
                  tls,
                  settings.postPerSecond(),
                  settings.getPerSecond(),
                  clock,
                  switches),
              accounts,
              inspection,
              faults,
              media);
    } catch (RuntimeException e) {
      media.close();
      throw e;
    }
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
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return URI.create((tls.isPresent() ? "https://" : "http://") + host + ":" + port());
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /**
   * Certificate and trust store for clients.
   *
   * @throws IllegalStateException when it was not started with {@link TlsSettings}
   */
  public TlsIdentity tls() {
    return tls.orElseThrow(
        () -> new IllegalStateException("The simulator was started without TLS."));
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

  /**
   * How many messages were sent per reference since the counts began; those without one and
   * generated history are left out.
   */
  public Map<String, Integer> madeByReference() {
    return inspection.madeByReference();
  }

  /** References of messages sent by receiver, in the order in which they were made. */
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

  /**
   * Makes the past of a channel; it is in the lists when this returns.
   *
   * @throws IllegalArgumentException when the history cannot be
   */
  public void makeHistory(String channelId, HistorySpec spec) {
    server.generation().makeHistory(channel(channelId).id(), spec);
  }

  /** Lets contacts write at a rate, in place of the flow that the channel may have. */
  public void startInbound(InboundFlow flow) {
    server.generation().startInbound(flow);
  }

  /** Ends the flow of incoming messages of a channel; false when it has none. */
  public boolean stopInbound(String channelId) {
    return server.generation().stopInbound(channel(channelId).id());
  }

  /**
   * Makes one more channel.
   *
   * @throws IllegalArgumentException when there is no such workspace, or a channel with this id
   */
  public void addChannel(String workspaceId, ChannelSettings settings) {
    accounts.addChannel(UUID.fromString(workspaceId), settings);
  }

  /** Takes a channel away together with its messages. */
  public void removeChannel(String channelId) {
    accounts.removeChannel(channel(channelId).id());
  }

  /** Lets the messages that a channel makes from now on live like this. */
  public void liveBy(String channelId, LifeProfile profile) {
    channel(channelId).liveBy(profile);
  }

  /**
   * A receiver does something with a message now.
   *
   * @param type such as {@code opened}, {@code read}, {@code clicked}
   * @throws IllegalArgumentException when there is no such message
   */
  public void interact(String channelId, String messageId, String type) {
    if (channel(channelId)
        .interact(UUID.fromString(messageId), type, Json.mapper().createObjectNode())
        .isEmpty()) {
      throw new IllegalArgumentException("The simulator has no message " + messageId + ".");
    }
  }

  /** Begins all counts anew: of messages sent and of requests. Messages and faults stay. */
  public void resetStats() {
    inspection.reset();
    server.traffic().reset();
  }

  /** The switches: what the documentation of the API leaves open. */
  public Switches switches() {
    return switches;
  }

  /** The store behind uploads. */
  public MediaStore mediaStore() {
    return media;
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
