package dev.birdconnect.simulator.account;

import dev.birdconnect.simulator.life.LifeProfile;
import java.util.UUID;

/**
 * A channel of a workspace.
 *
 * @param id its id
 * @param platform platform name such as {@code sms}, {@code whatsapp}, {@code email}
 * @param name name for people
 * @param identifier what receivers see as the sender
 * @param profile how its messages live
 */
public record ChannelSettings(
    UUID id, String platform, String name, String identifier, LifeProfile profile) {

  /** Refuses a platform that the API's own filter could not name. */
  public ChannelSettings {
    if (!platform.matches("[A-Za-z0-9-]+")) {
      throw new IllegalArgumentException(
          "The platform of channel " + id + " must be letters, digits and hyphens.");
    }
  }

  /** A channel with steady life whose sender is its name. */
  public static ChannelSettings of(UUID id, String platform, String name) {
    return new ChannelSettings(id, platform, name, name, LifeProfile.steady());
  }

  /** The same with another life. */
  public ChannelSettings withProfile(LifeProfile newProfile) {
    return new ChannelSettings(id, platform, name, identifier, newProfile);
  }
}
