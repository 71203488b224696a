package dev.birdconnect.simulator.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the simulator serves HTTPS.
 *
 * @param key what the server proves itself with
 * @param clients certificates of which a client must show one; without it no client has to
 */
public record TlsSettings(ServerKey key, Optional<StoreFile> clients) {

  /** What the server proves itself with. */
  public sealed interface ServerKey {}

  /**
   * A certificate made at the start, signed with its own key.
   *
   * @param names host names and addresses it is for, beside this machine's own
   */
  public record SelfSigned(List<String> names) implements ServerKey {
    /** Copies the names. */
    public SelfSigned {
      names = List.copyOf(names);
    }
  }

  /**
   * The key in a key store.
   *
   * @param store the only private key in it is taken
   */
  public record Stored(StoreFile store) implements ServerKey {}

  /**
   * With a certificate made at the start, for {@code localhost}, the loopback addresses, the
   * address the simulator listens on, and these names.
   */
  public static TlsSettings selfSigned(String... names) {
    return new TlsSettings(new SelfSigned(List.of(names)), Optional.empty());
  }

  /** With the only key of a key store, PKCS12 or JKS. */
  public static TlsSettings withKeyStore(Path file, String password) {
    return new TlsSettings(new Stored(new StoreFile(file, password)), Optional.empty());
  }

  /** Clients must show a certificate that this store, PKCS12 or JKS, trusts. */
  public TlsSettings requiringClients(Path trustStore, String password) {
    return new TlsSettings(key, Optional.of(new StoreFile(trustStore, password)));
  }
}
