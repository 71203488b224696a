package dev.birdconnect.simulator.store;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A workspace: who may use it and its channels, which may come and go. Its text form holds no key.
 */
public final class Workspace {
  private final UUID id;
  private final Set<String> accessKeys;
  private volatile Map<UUID, Channel> channels;

  Workspace(UUID id, Set<String> accessKeys, Collection<Channel> channels) {
    this.id = id;
    this.accessKeys = Set.copyOf(accessKeys);
    Map<UUID, Channel> byId = new LinkedHashMap<>();
    channels.forEach(channel -> byId.put(channel.id(), channel));
    this.channels = Collections.unmodifiableMap(byId);
  }

  /** Its id. */
  public UUID id() {
    return id;
  }

  /** Whether this key may use it. */
  public boolean opensWith(String accessKey) {
    return accessKeys.contains(accessKey);
  }

  synchronized void add(Channel channel) {
    Map<UUID, Channel> more = new LinkedHashMap<>(channels);
    more.put(channel.id(), channel);
    channels = Collections.unmodifiableMap(more);
  }

  synchronized void remove(UUID channelId) {
    Map<UUID, Channel> fewer = new LinkedHashMap<>(channels);
    fewer.remove(channelId);
    channels = Collections.unmodifiableMap(fewer);
  }

  /** Its channels in the order in which they were made. */
  public Collection<Channel> channels() {
    return channels.values();
  }

  /** The channel with this id. */
  public Optional<Channel> channel(UUID channelId) {
    return Optional.ofNullable(channels.get(channelId));
  }

  @Override
  public String toString() {
    return "Workspace[" + id + "]";
  }
}
