package dev.birdconnect.simulator.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;

/**
 * A key store in a file, PKCS12 or JKS. Its text form does not show the password.
 *
 * @param file where it is
 * @param password opens it, and the key in it
 */
public record StoreFile(Path file, String password) {

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException when it cannot be used; the message is a sentence for the user
   */
  KeyStore load() {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("The key store " + file + " cannot be read.");
    }
    try {
      // Finds out by itself which of the two formats it is.
      return KeyStore.getInstance(file.toFile(), password.toCharArray());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "The key store "
              + file
              + " cannot be opened: it has to be PKCS12 or JKS, and the password its own.",
          e);
    }
  }

  /** Names of the entries of a store. */
  static List<String> aliases(KeyStore store) {
    try {
      return Collections.list(store.aliases());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A key store that was loaded has to have aliases", e);
    }
  }

  @Override
  public String toString() {
    return "StoreFile[" + file + "]";
  }
}
