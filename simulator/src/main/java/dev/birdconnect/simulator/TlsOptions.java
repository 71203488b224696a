package dev.birdconnect.simulator;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags for HTTPS. */
final class TlsOptions {
  @Option(
      names = "--tls",
      paramLabel = "FILE",
      description =
          "Serve HTTPS with a certificate made at the start. It is written to this file as PEM,"
              + " for clients to trust.")
  private @Nullable Path certificateFile;

  @Option(
      names = "--tls-name",
      paramLabel = "NAME",
      description =
          "Host name or address that the certificate is for, beside localhost and --host; more"
              + " than once for more than one.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--tls-key-store",
      paramLabel = "FILE",
      description = "Serve HTTPS with the key of this store instead, PKCS12 or JKS.")
  private @Nullable Path keyStore;

  @Option(
      names = "--tls-key-store-password",
      paramLabel = "PASSWORD",
      defaultValue = "${env:SIMULATOR_KEY_STORE_PASSWORD}",
      description = "Of the key store and its key; or in SIMULATOR_KEY_STORE_PASSWORD.")
  private @Nullable String keyStorePassword;

  @Option(
      names = "--tls-trust-store",
      paramLabel = "FILE",
      description = "Let in only clients with a certificate that this store trusts.")
  private @Nullable Path trustStore;

  @Option(
      names = "--tls-trust-store-password",
      paramLabel = "PASSWORD",
      defaultValue = "${env:SIMULATOR_TRUST_STORE_PASSWORD}",
      description = "Of the trust store; or in SIMULATOR_TRUST_STORE_PASSWORD.")
  private @Nullable String trustStorePassword;

  TlsOptions() {}

  /** What the flags say, or what a configuration says where there is no such flag. */
  TlsFields orElse(TlsFields configured) {
    if (certificateFile == null && names.isEmpty() && keyStore == null && trustStore == null) {
      return configured;
    }
    return new TlsFields(
        certificateFile, names, keyStore, keyStorePassword, trustStore, trustStorePassword);
  }
}
