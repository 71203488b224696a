package dev.birdconnect.common.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A configuration as a worker hands it over. */
public final class GivenSettings {

  private GivenSettings() {}

  /** Those that have a value: one that is null in JSON is not given. */
  public static Map<String, String> of(Map<String, String> settings) {
    Map<String, String> given = new HashMap<>(settings);
    given.values().removeIf(Objects::isNull);
    return given;
  }
}
