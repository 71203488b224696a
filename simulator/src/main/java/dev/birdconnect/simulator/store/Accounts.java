package dev.birdconnect.simulator.store;

import dev.birdconnect.simulator.account.ChannelSettings;
import dev.birdconnect.simulator.account.WorkspaceSettings;
import dev.birdconnect.simulator.switches.Switches;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** All workspaces of a simulator. */
public final class Accounts {
  private final Map<UUID, Workspace> workspaces;
  private final PositionSource positions;
  private final Function<ChannelSettings, Channel> maker;
  private volatile Map<UUID, Channel> channels;

  /**
   * Sets up the workspaces.
   *
   * @throws IllegalArgumentException when two workspaces or two channels have the same id
   */
  public Accounts(
      List<WorkspaceSettings> settings,
      Clock clock,
      Switches switches,
      long seed,
      boolean magicReceivers) {
    positions = new PositionSource(clock, switches, seed);
    maker = c -> new Channel(c, clock, switches, seed, magicReceivers, positions);
    Map<UUID, Workspace> byId = new LinkedHashMap<>();
    Map<UUID, Channel> channelsById = new LinkedHashMap<>();
    for (WorkspaceSettings workspace : settings) {
      List<Channel> own = workspace.channels().stream().map(maker).toList();
      for (Channel channel : own) {
        if (channelsById.put(channel.id(), channel) != null) {
          throw new IllegalArgumentException("Channel " + channel.id() + " is there twice.");
        }
      }
      Set<String> keys = new HashSet<>(workspace.accessKeys());
      if (byId.put(workspace.id(), new Workspace(workspace.id(), keys, own)) != null) {
        throw new IllegalArgumentException("Workspace " + workspace.id() + " is there twice.");
      }
    }
    this.workspaces = Collections.unmodifiableMap(byId);
    this.channels = Collections.unmodifiableMap(channelsById);
  }

  /**
   * Makes one more channel.
   *
   * @throws IllegalArgumentException when there is no such workspace, or a channel with this id
   */
  public synchronized void addChannel(UUID workspaceId, ChannelSettings settings) {
    Workspace owner =
        workspace(workspaceId)
            .orElseThrow(
                () -> new IllegalArgumentException("There is no workspace " + workspaceId + "."));
    if (channels.containsKey(settings.id())) {
      throw new IllegalArgumentException("Channel " + settings.id() + " is there already.");
    }
    Channel channel = maker.apply(settings);
    Map<UUID, Channel> more = new LinkedHashMap<>(channels);
    more.put(channel.id(), channel);
    channels = Collections.unmodifiableMap(more);
    owner.add(channel);
  }

  /** Takes a channel and its messages away; nothing happens when there is none with this id. */
  public synchronized void removeChannel(UUID channelId) {
    Map<UUID, Channel> fewer = new LinkedHashMap<>(channels);
    fewer.remove(channelId);
    channels = Collections.unmodifiableMap(fewer);
    workspaces.values().forEach(workspace -> workspace.remove(channelId));
  }

  /** How many messages were made so far over all channels, both directions. */
  long made() {
    synchronized (positions) {
      return positions.given();
    }
  }

  /** The workspace with this id. */
  public Optional<Workspace> workspace(UUID id) {
    return Optional.ofNullable(workspaces.get(id));
  }

  /** All workspaces. */
  public Collection<Workspace> workspaces() {
    return workspaces.values();
  }

  /** The channel with this id, in whatever workspace. */
  public Optional<Channel> channel(UUID id) {
    return Optional.ofNullable(channels.get(id));
  }

  /** All channels of all workspaces. */
  public Collection<Channel> channels() {
    return channels.values();
  }

  /** Whether any workspace opens with this key. */
  public boolean knows(String accessKey) {
    return workspaces.values().stream().anyMatch(w -> w.opensWith(accessKey));
  }
}
