package dev.birdconnect.simulator.account;

import java.util.List;
import java.util.UUID;

/**
 * A workspace with its keys and channels. Its text form holds no key.
 *
 * @param id its id
 * @param accessKeys keys that may do everything in it
 * @param channels its channels
 */
public record WorkspaceSettings(UUID id, List<String> accessKeys, List<ChannelSettings> channels) {

  /** Refuses empty keys. */
  public WorkspaceSettings {
    accessKeys = List.copyOf(accessKeys);
    channels = List.copyOf(channels);
    if (accessKeys.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("Workspace " + id + " has an empty access key.");
    }
  }

  @Override
  public String toString() {
    return "WorkspaceSettings[id="
        + id
        + ", accessKeys="
        + accessKeys.size()
        + ", channels="
        + channels
        + "]";
  }
}
