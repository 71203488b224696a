package dev.birdconnect.client.http;

import dev.birdconnect.client.http.TransportException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Builds what OkHttp needs from {@link TlsSettings}. */
record TlsContext(SSLContext context, X509TrustManager trustManager) {

  /**
   * Reads the stores.
   *
   * @throws TransportException when a store cannot be used; names its file and what to check
   */
  static TlsContext of(TlsSettings settings) {
    try {
      X509TrustManager trustManager = trust(settings.trustStore());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(settings.keyStore()), new X509TrustManager[] {trustManager}, null);
      return new TlsContext(context, trustManager);
    } catch (GeneralSecurityException e) {
      throw new TransportException(Fault.TLS, "The Java runtime cannot set up TLS.", e);
    }
  }

  private static X509TrustManager trust(Optional<TlsSettings.Store> settings)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trustStore(settings));
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .map(X509TrustManager.class::cast)
        .findFirst()
        .orElseThrow(
            () -> new TransportException(Fault.TLS, "The Java runtime has no X.509 trust.", null));
  }

  private static @Nullable KeyStore trustStore(Optional<TlsSettings.Store> settings)
      throws GeneralSecurityException {
    if (settings.isEmpty()) {
      return null;
    }
    TlsSettings.Store store = settings.get();
    KeyStore keyStore = load(store, Fault.TRUST_STORE, Fault.TRUST_STORE_PASSWORD);
    if (!holds(keyStore, KeyStore::isCertificateEntry)) {
      // Java shows a PKCS12 store that was opened without its password as an empty one.
      throw new TransportException(
          store.password().isEmpty() ? Fault.TRUST_STORE_PASSWORD : Fault.TRUST_STORE,
          "The store "
              + store.location()
              + " holds no certificate to trust. Check that it is the right file, and that its"
              + " password is set.",
          null);
    }
    return keyStore;
  }

  private static KeyManager[] keys(Optional<TlsSettings.Store> settings)
      throws GeneralSecurityException {
    if (settings.isEmpty()) {
      return new KeyManager[0];
    }
    TlsSettings.Store store = settings.get();
    KeyStore keyStore = load(store, Fault.KEY_STORE, Fault.KEY_STORE_PASSWORD);
    if (!holds(keyStore, KeyStore::isKeyEntry)) {
      throw new TransportException(
          Fault.KEY_STORE,
          "The store "
              + store.location()
              + " holds no private key. Give the file that has the client's certificate and key.",
          null);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    try {
      keys.init(keyStore, store.keyPassword().orElse(store.password()).toCharArray());
    } catch (UnrecoverableKeyException e) {
      throw new TransportException(
          Fault.KEY_PASSWORD,
          "The key in the store "
              + store.location()
              + " has another password than the one given. Check it.",
          e);
    }
    return keys.getKeyManagers();
  }

  private static KeyStore load(TlsSettings.Store store, Fault file, Fault password)
      throws GeneralSecurityException {
    KeyStore keyStore = KeyStore.getInstance(store.type());
    try (InputStream in = Files.newInputStream(store.location())) {
      keyStore.load(in, store.password().isEmpty() ? null : store.password().toCharArray());
    } catch (IOException e) {
      boolean wrongPassword = e.getCause() instanceof UnrecoverableKeyException;
      throw new TransportException(
          wrongPassword ? password : file,
          "The store "
              + store.location()
              + (wrongPassword
                  ? " does not open with the password given. Check the password."
                  : " cannot be read. Check that the worker may read the file, and that it is of"
                      + " type "
                      + store.type()
                      + "."),
          e);
    }
    return keyStore;
  }

  /** A question about one entry of a store. */
  private interface EntryTest {
    boolean test(KeyStore keyStore, String alias) throws KeyStoreException;
  }

  private static boolean holds(KeyStore keyStore, EntryTest test) throws KeyStoreException {
    for (String alias : Collections.list(keyStore.aliases())) {
      if (test.test(keyStore, alias)) {
        return true;
      }
    }
    return false;
  }
}
