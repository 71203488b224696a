package dev.birdconnect.client.http;

import java.util.Optional;

/**
 * An HTTP proxy on the way to the API.
 *
 * @param host its host
 * @param port its port
 * @param credentials user and password, where it asks for them
 */
public record ProxySettings(String host, int port, Optional<Credentials> credentials) {

  /**
   * What the proxy asks for (Basic).
   *
   * @param user the user
   * @param password the password
   */
  public record Credentials(String user, String password) {

    @Override
    public String toString() {
      return "[hidden]";
    }
  }
}
