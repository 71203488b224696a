package dev.birdconnect.simulator.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import okhttp3.tls.HeldCertificate;

/** The key and certificate of a server, ready for use, and whom it lets in. */
public final class TlsIdentity {
  private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "::1");

  /** Before the start, for clients whose clock is behind. */
  private static final Duration VALID_BEFORE = Duration.ofDays(1);

  private static final Duration VALID_AFTER = Duration.ofDays(365);
  private static final String ALIAS = "simulator";

  private final KeyStore keyStore;
  private final String password;
  private final X509Certificate certificate;
  private final Optional<KeyStore> clients;

  private TlsIdentity(
      KeyStore keyStore, String password, X509Certificate certificate, Optional<KeyStore> clients) {
    this.keyStore = keyStore;
    this.password = password;
    this.certificate = certificate;
    this.clients = clients;
  }

  /**
   * Makes or loads what the settings say.
   *
   * @param host the address that the server listens on
   * @throws IllegalArgumentException when a store cannot be used; the message is a sentence
   */
  public static TlsIdentity of(TlsSettings settings, String host) {
    Optional<KeyStore> clients = settings.clients().map(TlsIdentity::trusted);
    try {
      if (settings.key() instanceof TlsSettings.Stored stored) {
        return stored(stored.store(), clients);
      }
      return selfSigned((TlsSettings.SelfSigned) settings.key(), host, clients);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("This Java runtime cannot make a key store", e);
    }
  }

  private static TlsIdentity selfSigned(
      TlsSettings.SelfSigned self, String host, Optional<KeyStore> clients)
      throws GeneralSecurityException, IOException {
    Set<String> names = new TreeSet<>(OWN_NAMES);
    names.add(host);
    names.addAll(self.names());
    long now = System.currentTimeMillis();
    HeldCertificate.Builder builder =
        new HeldCertificate.Builder()
            .commonName("Channels API simulator")
            .validityInterval(now - VALID_BEFORE.toMillis(), now + VALID_AFTER.toMillis());
    names.forEach(builder::addSubjectAlternativeName);
    HeldCertificate made = builder.build();
    KeyStore store = emptyStore();
    store.setKeyEntry(
        ALIAS, made.keyPair().getPrivate(), new char[0], new Certificate[] {made.certificate()});
    return new TlsIdentity(store, "", made.certificate(), clients);
  }

  private static TlsIdentity stored(StoreFile file, Optional<KeyStore> clients)
      throws GeneralSecurityException {
    KeyStore store = file.load();
    List<String> keys =
        StoreFile.aliases(store).stream().filter(alias -> isKey(store, alias)).toList();
    if (keys.size() != 1) {
      throw new IllegalArgumentException(
          "The key store "
              + file.file()
              + " has to have exactly one private key, and it has "
              + keys.size()
              + ".");
    }
    try {
      var unused = (PrivateKey) store.getKey(keys.get(0), file.password().toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "The key in " + file.file() + " has to have the same password as the key store.", e);
    }
    return new TlsIdentity(
        store, file.password(), (X509Certificate) store.getCertificate(keys.get(0)), clients);
  }

  private static boolean isKey(KeyStore store, String alias) {
    try {
      return store.isKeyEntry(alias);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A key store that was loaded has to know its entries", e);
    }
  }

  private static KeyStore trusted(StoreFile file) {
    KeyStore store = file.load();
    if (StoreFile.aliases(store).isEmpty()) {
      throw new IllegalArgumentException(
          "The trust store " + file.file() + " has no certificate: no client could be let in.");
    }
    return store;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** The store with the server's key. */
  public KeyStore keyStore() {
    return keyStore;
  }

  /** Opens the key. */
  public String password() {
    return password;
  }

  /** What a client's certificate has to be trusted by; empty when clients need none. */
  public Optional<KeyStore> clients() {
    return clients;
  }

  /** What the server shows. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** The certificate as PEM, for clients to trust. */
  public String pem() {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A certificate in use has to have an encoding", e);
    }
  }

  /** Writes the certificate as PEM. */
  public void writePem(Path file) throws IOException {
    Files.writeString(file, pem(), StandardCharsets.US_ASCII);
  }

  /** Writes a PKCS12 trust store with the certificate. */
  public void writeTrustStore(Path file, String storePassword) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      trustStore().store(out, storePassword.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime cannot write a trust store", e);
    }
  }

  /** For clients in this JVM: trusts the certificate and no other. */
  public SSLContext clientContext() {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trustStore());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("This Java runtime cannot make a TLS context", e);
    }
  }

  private KeyStore trustStore() throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setCertificateEntry(ALIAS, certificate);
    return store;
  }

  /** Shows nothing of the key. */
  @Override
  public String toString() {
    return "TlsIdentity[" + certificate.getSubjectX500Principal() + "]";
  }
}
