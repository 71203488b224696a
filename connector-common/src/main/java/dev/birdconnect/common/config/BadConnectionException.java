package dev.birdconnect.common.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** Proxy or TLS cannot be used as set; says what to do on each setting at fault. */
public final class BadConnectionException extends ConfigException {

  private static final long serialVersionUID = 1L;

  private final transient Map<String, String> complaints;

  BadConnectionException(Map<String, String> complaints) {
    super(String.join(" ", complaints.values()));
    this.complaints = new LinkedHashMap<>(complaints);
  }

  /** A sentence for each setting at fault. */
  public Map<String, String> complaints() {
    return Map.copyOf(complaints);
  }
}
