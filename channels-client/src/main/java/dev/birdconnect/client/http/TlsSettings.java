package dev.birdconnect.client.http;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whom the client trusts and how it shows who it is.
 *
 * @param trustStore certificates to trust; the Java runtime's where empty
 * @param keyStore the client's own certificate and key, where the server asks for them
 */
public record TlsSettings(Optional<Store> trustStore, Optional<Store> keyStore) {

  /** The Java runtime's trust, no certificate of our own. */
  public static TlsSettings ofTheRuntime() {
    return new TlsSettings(Optional.empty(), Optional.empty());
  }

  /**
   * A file with certificates or keys.
   *
   * @param location the file
   * @param type {@code PKCS12} or {@code JKS}
   * @param password the file's password; empty text for none
   * @param keyPassword the key's password, where it differs from the file's
   */
  public record Store(Path location, String type, String password, Optional<String> keyPassword) {

    @Override
    public String toString() {
      return "Store[location=" + location + ", type=" + type + "]";
    }
  }
}
