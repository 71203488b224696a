package dev.birdconnect.simulator;

import dev.birdconnect.simulator.tls.TlsSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How HTTPS is served, as a user writes it. Its text form shows no password.
 *
 * @param certificateFile where the certificate made at the start is written
 * @param names names and addresses that one is for, beside this machine's own
 * @param keyStore file with the server's key, instead
 * @param keyStorePassword opens it
 * @param trustStore file with the certificates of clients; without it they need none
 * @param trustStorePassword opens it
 */
record TlsFields(
    @Nullable Path certificateFile,
    @Nullable List<String> names,
    @Nullable Path keyStore,
    @Nullable String keyStorePassword,
    @Nullable Path trustStore,
    @Nullable String trustStorePassword) {

  /** Plain HTTP. */
  static TlsFields none() {
    return new TlsFields(null, null, null, null, null, null);
  }

  /**
   * What they say together, empty for plain HTTP.
   *
   * @throws IllegalArgumentException when they contradict each other
   */
  Optional<TlsSettings> settings() {
    boolean selfSigned = certificateFile != null;
    if (selfSigned && keyStore != null) {
      throw new IllegalArgumentException(
          "TLS takes a certificate made at the start or a key store, not both.");
    }
    if (!selfSigned && names != null && !names.isEmpty()) {
      throw new IllegalArgumentException(
          "Names for TLS go into a certificate made at the start: give the file for it too.");
    }
    if (!selfSigned && keyStore == null) {
      if (trustStore != null) {
        throw new IllegalArgumentException(
            "A trust store for clients needs TLS: give a file for a certificate, or a key store.");
      }
      return Optional.empty();
    }
    TlsSettings settings =
        keyStore == null
            ? TlsSettings.selfSigned(
                Optional.ofNullable(names).orElseGet(List::of).toArray(String[]::new))
            : TlsSettings.withKeyStore(keyStore, orEmpty(keyStorePassword));
    return Optional.of(
        trustStore == null
            ? settings
            : settings.requiringClients(trustStore, orEmpty(trustStorePassword)));
  }

  private static String orEmpty(@Nullable String password) {
    return password == null ? "" : password;
  }

  @Override
  public String toString() {
    return "TlsFields[" + certificateFile + ", " + keyStore + ", " + trustStore + "]";
  }
}
