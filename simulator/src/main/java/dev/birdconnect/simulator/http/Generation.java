package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.generation.History;
import dev.birdconnect.simulator.generation.HistorySpec;
import dev.birdconnect.simulator.generation.InboundFlow;
import dev.birdconnect.simulator.generation.InboundFlows;
import dev.birdconnect.simulator.store.Accounts;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.Workspace;
import java.time.Clock;
import java.util.UUID;

/** Makes messages nobody sent one by one: the past of channels and flows of incoming messages. */
public final class Generation implements AutoCloseable {
  private final Accounts accounts;
  private final Clock clock;
  private final InboundFlows flows;

  /** For the channels of these accounts. */
  public Generation(Accounts accounts, Clock clock) {
    this.accounts = accounts;
    this.clock = clock;
    Inbox inbox = new Inbox(accounts);
    this.flows =
        new InboundFlows(
            clock,
            (channelId, from, text) -> {
              var unused = inbox.receive(channelId, from, Inbox.textBody(text));
            });
  }

  /**
   * Makes the past of a channel and returns when it is there.
   *
   * @throws IllegalArgumentException when there is no such channel or the history cannot be
   */
  public void makeHistory(UUID channelId, HistorySpec spec) {
    for (Workspace workspace : accounts.workspaces()) {
      if (workspace.channel(channelId).isPresent()) {
        Channel channel = workspace.channel(channelId).get();
        History.make(spec, channel, new PastWording(workspace, channel), clock.millis());
        return;
      }
    }
    throw unknown(channelId);
  }

  /**
   * Starts a flow of incoming messages in place of the one that the channel may have.
   *
   * @throws IllegalArgumentException when there is no such channel
   */
  public void startInbound(InboundFlow flow) {
    if (accounts.channel(flow.channelId()).isEmpty()) {
      throw unknown(flow.channelId());
    }
    flows.start(flow);
  }

  /** Stops the flow of a channel; false when it has none. */
  public boolean stopInbound(UUID channelId) {
    return flows.stop(channelId);
  }

  private static IllegalArgumentException unknown(UUID channelId) {
    return new IllegalArgumentException("The simulator has no channel " + channelId + ".");
  }

  @Override
  public void close() {
    flows.close();
  }
}
