package dev.birdconnect.simulator;

import dev.birdconnect.simulator.account.ChannelSettings;
import dev.birdconnect.simulator.account.WorkspaceSettings;
import dev.birdconnect.simulator.life.LifeProfile;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.SwitchValues;
import dev.birdconnect.simulator.tls.TlsSettings;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What a simulator starts with. Begin with {@link #demo()} and change what matters.
 *
 * @param host address to listen on
 * @param port port to listen on, 0 for a free one
 * @param tls how it serves HTTPS, without it HTTP
 * @param workspaces workspaces, keys and channels
 * @param postPerSecond POST requests per second and workspace, without it no limit
 * @param getPerSecond GET requests per second and workspace, without it no limit
 * @param clock the simulator's time: creation times, statuses, {@code Date} header
 * @param seed of ids and of the lives of messages
 * @param magicReceivers whether identifiers with certain endings force an outcome
 * @param switches what the documentation leaves open
 */
public record SimulatorSettings(
    String host,
    int port,
    Optional<TlsSettings> tls,
    List<WorkspaceSettings> workspaces,
    Optional<Integer> postPerSecond,
    Optional<Integer> getPerSecond,
    Clock clock,
    long seed,
    boolean magicReceivers,
    SwitchValues switches) {

  /** Workspace of {@link #demo()}. */
  public static final String DEMO_WORKSPACE_ID = "0f4c2a9e-6b1d-4c3f-9a57-2d8e1b7c5a01";

  /** Access key of {@link #demo()}. */
  public static final String DEMO_ACCESS_KEY = "demo-access-key";

  /** SMS channel of {@link #demo()}. */
  public static final String DEMO_SMS_CHANNEL_ID = "1a5d3b8f-7c2e-4d40-8b68-3e9f2c8d6b11";

  /** WhatsApp channel of {@link #demo()}. */
  public static final String DEMO_WHATSAPP_CHANNEL_ID = "2b6e4c90-8d3f-4e51-9c79-4fa03d9e7c22";

  /** Email channel of {@link #demo()}. */
  public static final String DEMO_EMAIL_CHANNEL_ID = "3c7f5da1-9e40-4f62-8d8a-50b14eaf8d33";

  private static final int DOCUMENTED_POST_PER_SECOND = 500;
  private static final int DOCUMENTED_GET_PER_SECOND = 50;
  private static final int LARGEST_PORT = 65_535;

  /** Refuses a port or a rate that cannot be. */
  public SimulatorSettings {
    if (port < 0 || port > LARGEST_PORT) {
      throw new IllegalArgumentException("The port must be from 0 to " + LARGEST_PORT + ".");
    }
    if (postPerSecond.orElse(1) < 1 || getPerSecond.orElse(1) < 1) {
      throw new IllegalArgumentException("A rate must be at least 1 request per second.");
    }
    workspaces = List.copyOf(workspaces);
  }

  /**
   * One workspace with an SMS, a WhatsApp and an email channel, on a free port of this machine,
   * with the documented rates of 500 POST and 50 GET a second.
   */
  public static SimulatorSettings demo() {
    return new SimulatorSettings(
        "127.0.0.1",
        0,
        Optional.empty(),
        List.of(
            new WorkspaceSettings(
                UUID.fromString(DEMO_WORKSPACE_ID),
                List.of(DEMO_ACCESS_KEY),
                List.of(
                    ChannelSettings.of(UUID.fromString(DEMO_SMS_CHANNEL_ID), "sms", "Demo SMS"),
                    ChannelSettings.of(
                        UUID.fromString(DEMO_WHATSAPP_CHANNEL_ID), "whatsapp", "Demo WhatsApp"),
                    ChannelSettings.of(
                        UUID.fromString(DEMO_EMAIL_CHANNEL_ID), "email", "Demo email")))),
        Optional.of(DOCUMENTED_POST_PER_SECOND),
        Optional.of(DOCUMENTED_GET_PER_SECOND),
        Clock.systemUTC(),
        1,
        true,
        SwitchValues.defaults());
  }

  /** Listening on this address. */
  public SimulatorSettings withHost(String newHost) {
    return new SimulatorSettings(
        newHost,
        port,
        tls,
        workspaces,
        postPerSecond,
        getPerSecond,
        clock,
        seed,
        magicReceivers,
        switches);
  }

  /** Listening on this port, 0 for a free one. */
  public SimulatorSettings withPort(int newPort) {
    return new SimulatorSettings(
        host,
        newPort,
        tls,
        workspaces,
        postPerSecond,
        getPerSecond,
        clock,
        seed,
        magicReceivers,
        switches);
  }

  /** Serving HTTPS like this. */
  public SimulatorSettings withTls(TlsSettings newTls) {
    return new SimulatorSettings(
        host,
        port,
        Optional.of(newTls),
        workspaces,
        postPerSecond,
        getPerSecond,
        clock,
        seed,
        magicReceivers,
        switches);
  }

  /** With these workspaces instead. */
  public SimulatorSettings withWorkspaces(List<WorkspaceSettings> newWorkspaces) {
    return new SimulatorSettings(
        host,
        port,
        tls,
        newWorkspaces,
        postPerSecond,
        getPerSecond,
        clock,
        seed,
        magicReceivers,
        switches);
  }

  /** With these requests per second and workspace; an empty one is no limit. */
  public SimulatorSettings withRates(Optional<Integer> post, Optional<Integer> get) {
    return new SimulatorSettings(
        host, port, tls, workspaces, post, get, clock, seed, magicReceivers, switches);
  }

  /** Without any rate limit. */
  public SimulatorSettings withoutRateLimits() {
    return withRates(Optional.empty(), Optional.empty());
  }

  /** With this time. */
  public SimulatorSettings withClock(Clock newClock) {
    return new SimulatorSettings(
        host,
        port,
        tls,
        workspaces,
        postPerSecond,
        getPerSecond,
        newClock,
        seed,
        magicReceivers,
        switches);
  }

  /** With this seed of ids and lives. */
  public SimulatorSettings withSeed(long newSeed) {
    return new SimulatorSettings(
        host,
        port,
        tls,
        workspaces,
        postPerSecond,
        getPerSecond,
        clock,
        newSeed,
        magicReceivers,
        switches);
  }

  /** Without identifiers that force an outcome. */
  public SimulatorSettings withoutMagicReceivers() {
    return new SimulatorSettings(
        host, port, tls, workspaces, postPerSecond, getPerSecond, clock, seed, false, switches);
  }

  /** With these switches. */
  public SimulatorSettings withSwitches(SwitchValues newSwitches) {
    return new SimulatorSettings(
        host,
        port,
        tls,
        workspaces,
        postPerSecond,
        getPerSecond,
        clock,
        seed,
        magicReceivers,
        newSwitches);
  }

  /** With the switch of this choice set to it. */
  public SimulatorSettings with(Choice choice) {
    return withSwitches(switches.with(choice));
  }

  /** With this life of messages in every channel. */
  public SimulatorSettings withProfile(LifeProfile profile) {
    return withChannels(channel -> channel.withProfile(profile));
  }

  private SimulatorSettings withChannels(UnaryOperator<ChannelSettings> change) {
    return withWorkspaces(
        workspaces.stream()
            .map(
                workspace ->
                    new WorkspaceSettings(
                        workspace.id(),
                        workspace.accessKeys(),
                        workspace.channels().stream().map(change).toList()))
            .toList());
  }
}
