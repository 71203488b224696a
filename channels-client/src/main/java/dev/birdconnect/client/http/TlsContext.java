package dev.birdconnect.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Builds what OkHttp needs from {@link TlsSettings}. */
record TlsContext(SSLContext context, X509TrustManager trustManager) {

  /**
   * Reads the stores.
   *
   * @throws TransportException when a store cannot be read; names its file
   */
  static TlsContext of(TlsSettings settings) {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(load(settings.trustStore()).orElse(null));
      X509TrustManager trustManager =
          Arrays.stream(trust.getTrustManagers())
              .filter(X509TrustManager.class::isInstance)
              .map(X509TrustManager.class::cast)
              .findFirst()
              .orElseThrow(
                  () -> new TransportException("The Java runtime has no X.509 trust.", null));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(settings), new X509TrustManager[] {trustManager}, null);
      return new TlsContext(context, trustManager);
    } catch (GeneralSecurityException e) {
      throw new TransportException("TLS could not be set up from bird.ssl.*.", e);
    }
  }

  private static KeyManager[] keyManagers(TlsSettings settings) throws GeneralSecurityException {
    Optional<KeyStore> keyStore = load(settings.keyStore());
    if (keyStore.isEmpty()) {
      return new KeyManager[0];
    }
    TlsSettings.Store store = settings.keyStore().orElseThrow();
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(keyStore.get(), store.keyPassword().orElse(store.password()).toCharArray());
    return keys.getKeyManagers();
  }

  private static Optional<KeyStore> load(Optional<TlsSettings.Store> settings)
      throws GeneralSecurityException {
    if (settings.isEmpty()) {
      return Optional.empty();
    }
    TlsSettings.Store store = settings.get();
    KeyStore keyStore = KeyStore.getInstance(store.type());
    try (InputStream in = Files.newInputStream(store.location())) {
      keyStore.load(in, store.password().isEmpty() ? null : store.password().toCharArray());
    } catch (IOException e) {
      throw new TransportException(
          "The store "
              + store.location()
              + " cannot be read. Check that the worker may read the file, and its type and"
              + " password.",
          e);
    }
    return Optional.of(keyStore);
  }
}
