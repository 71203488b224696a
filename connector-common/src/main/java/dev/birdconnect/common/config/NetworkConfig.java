package dev.birdconnect.common.config;

import static dev.birdconnect.common.config.ConnectionConfig.HTTP_VERSION;
import static dev.birdconnect.common.config.ConnectionConfig.KEYSTORE_LOCATION;
import static dev.birdconnect.common.config.ConnectionConfig.KEYSTORE_PASSWORD;
import static dev.birdconnect.common.config.ConnectionConfig.KEYSTORE_TYPE;
import static dev.birdconnect.common.config.ConnectionConfig.KEY_PASSWORD;
import static dev.birdconnect.common.config.ConnectionConfig.PROXY_HOST;
import static dev.birdconnect.common.config.ConnectionConfig.PROXY_PASSWORD;
import static dev.birdconnect.common.config.ConnectionConfig.PROXY_PORT;
import static dev.birdconnect.common.config.ConnectionConfig.PROXY_USER;
import static dev.birdconnect.common.config.ConnectionConfig.TRUSTSTORE_LOCATION;
import static dev.birdconnect.common.config.ConnectionConfig.TRUSTSTORE_PASSWORD;
import static dev.birdconnect.common.config.ConnectionConfig.TRUSTSTORE_TYPE;

import dev.birdconnect.client.http.HttpVersion;
import dev.birdconnect.client.http.ProxySettings;
import dev.birdconnect.client.http.TlsSettings;
import dev.birdconnect.client.http.TransportException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The settings of proxy and TLS. */
final class NetworkConfig {

  private static final String NETWORK = "Proxy and TLS";
  private static final List<String> STORE_TYPES = List.of("PKCS12", "JKS");
  private static final String HTTP_2 = "2";
  private static final String HTTP_1_1 = "1.1";
  private static final ConfigDef.Validator PATH =
      Validators.text(NetworkConfig::isPath, "It has to be the path of a file.");

  private final AbstractConfig config;

  NetworkConfig(AbstractConfig config) {
    this.config = config;
  }

  static void define(ConfigDef definition) {
    text(
        definition,
        PROXY_HOST,
        Validators.hostOrNone(),
        "Host of an HTTP proxy, for every request, uploads of media included; empty for none.",
        1,
        "Proxy host");
    definition.define(
        PROXY_PORT,
        ConfigDef.Type.INT,
        3128,
        Validators.between(1, 65_535),
        ConfigDef.Importance.LOW,
        "Port of the HTTP proxy.",
        NETWORK,
        2,
        ConfigDef.Width.SHORT,
        "Proxy port");
    text(
        definition,
        PROXY_USER,
        Validators.text(
            user -> user.indexOf(':') < 0,
            "It must not have a colon, which HTTP forbids in users."),
        "User the proxy asks for (Basic); empty for none.",
        3,
        "Proxy user");
    password(definition, PROXY_PASSWORD, "Password the proxy asks for.", 4, "Proxy password");
    text(
        definition,
        TRUSTSTORE_LOCATION,
        PATH,
        "File with the certificates to trust, for the API and for the store that media are uploaded"
            + " to; empty for those of the Java runtime.",
        5,
        "Trust store");
    password(
        definition, TRUSTSTORE_PASSWORD, "Password of the trust store.", 6, "Trust store password");
    storeType(definition, TRUSTSTORE_TYPE, "Format of the trust store.", 7, "Trust store type");
    text(
        definition,
        KEYSTORE_LOCATION,
        PATH,
        "File with the client's certificate and key, where the server asks for one.",
        8,
        "Key store");
    password(definition, KEYSTORE_PASSWORD, "Password of the key store.", 9, "Key store password");
    storeType(definition, KEYSTORE_TYPE, "Format of the key store.", 10, "Key store type");
    password(
        definition,
        KEY_PASSWORD,
        "Password of the key in the key store; empty where it is the store's.",
        11,
        "Key password");
    definition.define(
        HTTP_VERSION,
        ConfigDef.Type.STRING,
        HTTP_2,
        ConfigDef.ValidString.in(HTTP_2, HTTP_1_1),
        ConfigDef.Importance.LOW,
        "Newest version of HTTP to speak. With 2 the server chooses in the TLS handshake; 1.1 is for"
            + " a gateway that is not up to HTTP/2.",
        NETWORK,
        12,
        ConfigDef.Width.SHORT,
        "HTTP version");
  }

  private static void text(
      ConfigDef definition,
      String name,
      ConfigDef.Validator validator,
      String doc,
      int order,
      String display) {
    definition.define(
        name,
        ConfigDef.Type.STRING,
        "",
        validator,
        ConfigDef.Importance.LOW,
        doc,
        NETWORK,
        order,
        ConfigDef.Width.LONG,
        display);
  }

  private static void password(
      ConfigDef definition, String name, String doc, int order, String display) {
    definition.define(
        name,
        ConfigDef.Type.PASSWORD,
        "",
        ConfigDef.Importance.LOW,
        doc,
        NETWORK,
        order,
        ConfigDef.Width.MEDIUM,
        display);
  }

  private static void storeType(
      ConfigDef definition, String name, String doc, int order, String display) {
    definition.define(
        name,
        ConfigDef.Type.STRING,
        "PKCS12",
        ConfigDef.ValidString.in(STORE_TYPES.toArray(String[]::new)),
        ConfigDef.Importance.LOW,
        doc,
        NETWORK,
        order,
        ConfigDef.Width.SHORT,
        display);
  }

  private static boolean isPath(String text) {
    try {
      return Path.of(text) != null;
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * Compares the settings with each other.
   *
   * @throws BadConnectionException when some say something without the others that they need
   */
  void check() {
    Map<String, String> complaints = new LinkedHashMap<>();
    needs(complaints, PROXY_USER, "a user of a proxy", PROXY_HOST);
    needs(complaints, PROXY_PASSWORD, "a password of a proxy's user", PROXY_USER);
    needs(complaints, TRUSTSTORE_PASSWORD, "a password of a trust store", TRUSTSTORE_LOCATION);
    needs(complaints, KEYSTORE_PASSWORD, "a password of a key store", KEYSTORE_LOCATION);
    needs(complaints, KEY_PASSWORD, "a password of a key", KEYSTORE_LOCATION);
    if (!complaints.isEmpty()) {
      throw new BadConnectionException(complaints);
    }
  }

  private void needs(Map<String, String> complaints, String setting, String what, String needed) {
    if (isSet(setting) && !isSet(needed)) {
      complaints.put(
          setting, "There is " + what + ", but " + needed + " is empty. Set it, or remove this.");
    }
  }

  private boolean isSet(String setting) {
    return setting.endsWith(".password")
        ? !secret(setting).isEmpty()
        : !config.getString(setting).isBlank();
  }

  /** The same complaint, on the setting that is at fault. */
  static BadConnectionException complaint(TransportException e) {
    String setting =
        switch (e.fault()) {
          case ADDRESS -> ConnectionConfig.API_URL;
          case TLS, TRUST_STORE -> TRUSTSTORE_LOCATION;
          case TRUST_STORE_PASSWORD -> TRUSTSTORE_PASSWORD;
          case KEY_STORE -> KEYSTORE_LOCATION;
          case KEY_STORE_PASSWORD -> KEYSTORE_PASSWORD;
          case KEY_PASSWORD -> KEY_PASSWORD;
        };
    BadConnectionException complaint =
        new BadConnectionException(Map.of(setting, String.valueOf(e.getMessage())));
    complaint.initCause(e);
    return complaint;
  }

  HttpVersion httpVersion() {
    return config.getString(HTTP_VERSION).equals(HTTP_1_1)
        ? HttpVersion.HTTP_1_1
        : HttpVersion.NEGOTIATED;
  }

  Optional<ProxySettings> proxy() {
    String host = config.getString(PROXY_HOST);
    if (host.isBlank()) {
      return Optional.empty();
    }
    Optional<ProxySettings.Credentials> credentials =
        Optional.of(config.getString(PROXY_USER))
            .filter(user -> !user.isEmpty())
            .map(user -> new ProxySettings.Credentials(user, secret(PROXY_PASSWORD)));
    return Optional.of(new ProxySettings(host, config.getInt(PROXY_PORT), credentials));
  }

  TlsSettings tls() {
    return new TlsSettings(
        store(TRUSTSTORE_LOCATION, TRUSTSTORE_TYPE, TRUSTSTORE_PASSWORD),
        store(KEYSTORE_LOCATION, KEYSTORE_TYPE, KEYSTORE_PASSWORD));
  }

  private Optional<TlsSettings.Store> store(String location, String type, String password) {
    String file = config.getString(location);
    if (file.isBlank()) {
      return Optional.empty();
    }
    Optional<String> keyPassword =
        Optional.of(secret(KEY_PASSWORD)).filter(text -> !text.isEmpty());
    return Optional.of(
        new TlsSettings.Store(
            Path.of(file), config.getString(type), secret(password), keyPassword));
  }

  private String secret(String name) {
    return config.getPassword(name).value();
  }
}
