package dev.birdconnect.simulator.store;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids that follow from names. */
public final class Ids {
  private Ids() {}

  /** The same id for the same two names, always. */
  public static UUID named(String scope, String name) {
    return UUID.nameUUIDFromBytes((scope + '\0' + name).getBytes(StandardCharsets.UTF_8));
  }
}
