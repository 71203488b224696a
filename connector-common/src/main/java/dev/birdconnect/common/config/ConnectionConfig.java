package dev.birdconnect.common.config;

import dev.birdconnect.client.ChannelsClient;
import dev.birdconnect.client.RateLimits;
import dev.birdconnect.client.http.AccessKey;
import dev.birdconnect.client.http.ProxySettings;
import dev.birdconnect.client.http.TlsSettings;
import dev.birdconnect.client.http.TransportException;
import dev.birdconnect.client.http.TransportSettings;
import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.client.verdict.VerdictRules;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The settings of the connection to Bird, the same for both connectors. */
public final class ConnectionConfig {

  public static final String API_URL = "bird.api.url";
  public static final String ACCESS_KEY = "bird.access.key";
  public static final String WORKSPACE_ID = "bird.workspace.id";
  public static final String REQUEST_TIMEOUT = "bird.http.request.timeout.ms";
  public static final String LIVE_VALIDATION = "bird.validate.live";
  public static final String GET_RATE = "bird.rate.get.per.second";
  public static final String POST_RATE = "bird.rate.post.per.second";
  public static final String PROXY_HOST = "bird.proxy.host";
  public static final String PROXY_PORT = "bird.proxy.port";
  public static final String PROXY_USER = "bird.proxy.user";
  public static final String PROXY_PASSWORD = "bird.proxy.password";
  public static final String TRUSTSTORE_LOCATION = "bird.ssl.truststore.location";
  public static final String TRUSTSTORE_PASSWORD = "bird.ssl.truststore.password";
  public static final String TRUSTSTORE_TYPE = "bird.ssl.truststore.type";
  public static final String KEYSTORE_LOCATION = "bird.ssl.keystore.location";
  public static final String KEYSTORE_PASSWORD = "bird.ssl.keystore.password";
  public static final String KEYSTORE_TYPE = "bird.ssl.keystore.type";
  public static final String KEY_PASSWORD = "bird.ssl.key.password";

  private static final String CONNECTION = "Connection";
  private static final String RATE = "Rate";
  private static final String NETWORK = "Proxy and TLS";
  private static final List<String> STORE_TYPES = List.of("PKCS12", "JKS");
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final AbstractConfig config;

  /**
   * @param config a configuration whose definition holds {@link #define}
   */
  public ConnectionConfig(AbstractConfig config) {
    this.config = config;
  }

  /**
   * Adds the settings to a connector's definition. {@link #GET_RATE} and, for a connector that
   * sends, {@link #POST_RATE} get the shares given here as defaults.
   */
  public static void define(
      ConfigDef definition, int getPerSecond, Optional<Integer> postPerSecond) {
    defineConnection(definition);
    defineRates(definition, getPerSecond, postPerSecond);
    defineNetwork(definition);
  }

  private static void defineConnection(ConfigDef definition) {
    definition.define(
        ACCESS_KEY,
        ConfigDef.Type.PASSWORD,
        ConfigDef.NO_DEFAULT_VALUE,
        Validators.nonEmptyPassword(),
        ConfigDef.Importance.HIGH,
        "Access key of the workspace. Give it through a config provider rather than in clear.",
        CONNECTION,
        1,
        ConfigDef.Width.LONG,
        "Access key");
    definition.define(
        WORKSPACE_ID,
        ConfigDef.Type.STRING,
        ConfigDef.NO_DEFAULT_VALUE,
        Validators.uuid(),
        ConfigDef.Importance.HIGH,
        "Id of the Bird workspace.",
        CONNECTION,
        2,
        ConfigDef.Width.LONG,
        "Workspace");
    definition.define(
        API_URL,
        ConfigDef.Type.STRING,
        "https://api.bird.com",
        Validators.httpUrl(),
        ConfigDef.Importance.MEDIUM,
        "Scheme, host and port of the Channels API.",
        CONNECTION,
        3,
        ConfigDef.Width.LONG,
        "API address");
    definition.define(
        REQUEST_TIMEOUT,
        ConfigDef.Type.INT,
        10_000,
        ConfigDef.Range.between(100, 300_000),
        ConfigDef.Importance.MEDIUM,
        "Longest time for one call to the API, connecting included, in milliseconds.",
        CONNECTION,
        4,
        ConfigDef.Width.SHORT,
        "Request time-out (ms)");
    definition.define(
        LIVE_VALIDATION,
        ConfigDef.Type.BOOLEAN,
        true,
        ConfigDef.Importance.LOW,
        "Whether validating a configuration asks the API if key, workspace and channels are right.",
        CONNECTION,
        5,
        ConfigDef.Width.SHORT,
        "Validate against the API");
  }

  private static void defineRates(
      ConfigDef definition, int getPerSecond, Optional<Integer> postPerSecond) {
    definition.define(
        GET_RATE,
        ConfigDef.Type.INT,
        getPerSecond,
        ConfigDef.Range.between(1, 50),
        ConfigDef.Importance.LOW,
        "Reads per second that all tasks of this plugin in one worker may make in the workspace"
            + " together. The API allows 50 in all; sink and source cannot see each other.",
        RATE,
        1,
        ConfigDef.Width.SHORT,
        "Reads per second");
    if (postPerSecond.isPresent()) {
      definition.define(
          POST_RATE,
          ConfigDef.Type.INT,
          postPerSecond.get(),
          ConfigDef.Range.between(1, 100_000),
          ConfigDef.Importance.LOW,
          "Sends per second that all tasks of this plugin in one worker may make in the workspace"
              + " together. The API allows 500 unless Bird has agreed on more.",
          RATE,
          2,
          ConfigDef.Width.SHORT,
          "Sends per second");
    }
  }

  private static void defineNetwork(ConfigDef definition) {
    text(definition, PROXY_HOST, "", "Host of an HTTP proxy; empty for none.", 1, "Proxy host");
    definition.define(
        PROXY_PORT,
        ConfigDef.Type.INT,
        3128,
        ConfigDef.Range.between(1, 65_535),
        ConfigDef.Importance.LOW,
        "Port of the HTTP proxy.",
        NETWORK,
        2,
        ConfigDef.Width.SHORT,
        "Proxy port");
    text(definition, PROXY_USER, "", "User the proxy asks for; empty for none.", 3, "Proxy user");
    password(definition, PROXY_PASSWORD, "Password the proxy asks for.", 4, "Proxy password");
    text(
        definition,
        TRUSTSTORE_LOCATION,
        "",
        "File with the certificates to trust; empty for those of the Java runtime.",
        5,
        "Trust store");
    password(
        definition, TRUSTSTORE_PASSWORD, "Password of the trust store.", 6, "Trust store password");
    storeType(definition, TRUSTSTORE_TYPE, "Format of the trust store.", 7, "Trust store type");
    text(
        definition,
        KEYSTORE_LOCATION,
        "",
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
  }

  private static void text(
      ConfigDef definition, String name, String preset, String doc, int order, String display) {
    definition.define(
        name,
        ConfigDef.Type.STRING,
        preset,
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

  /** The workspace that is configured. */
  public String workspaceId() {
    return config.getString(WORKSPACE_ID);
  }

  /** Longest time for one call. */
  public Duration requestTimeout() {
    return Duration.ofMillis(config.getInt(REQUEST_TIMEOUT));
  }

  /** Whether validation may ask the API. */
  public boolean liveValidation() {
    return config.getBoolean(LIVE_VALIDATION);
  }

  /**
   * Opens a client with these settings.
   *
   * @param maxInFlight most calls at the same time
   * @param conflictRule what 409 means
   * @param threadName prefix of the names of the client's threads
   * @throws ConfigException when a TLS store cannot be used; names the file and the remedy
   */
  public ChannelsClient open(int maxInFlight, ConflictRule conflictRule, String threadName) {
    TransportSettings settings =
        new TransportSettings(
            URI.create(config.getString(API_URL)),
            new AccessKey(config.getPassword(ACCESS_KEY).value()),
            requestTimeout(),
            maxInFlight,
            proxy(),
            new TlsSettings(
                store(TRUSTSTORE_LOCATION, TRUSTSTORE_TYPE, TRUSTSTORE_PASSWORD),
                store(KEYSTORE_LOCATION, KEYSTORE_TYPE, KEYSTORE_PASSWORD)),
            "kafka-connect-bird/" + PluginVersion.get(),
            threadName);
    try {
      return new ChannelsClient(settings, rates(), new VerdictRules(conflictRule));
    } catch (TransportException e) {
      throw (ConfigException) new ConfigException(e.getMessage()).initCause(e);
    }
  }

  /** Host and port of the API. */
  public String host() {
    URI url = URI.create(config.getString(API_URL));
    int usual = "https".equalsIgnoreCase(url.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    return url.getHost().toLowerCase(Locale.ROOT)
        + ":"
        + (url.getPort() == -1 ? usual : url.getPort());
  }

  /** POST requests per second that may be made; for connectors that send. */
  public int postPerSecond() {
    return config.getInt(POST_RATE);
  }

  private RateLimits rates() {
    int get = config.getInt(GET_RATE);
    return config.values().containsKey(POST_RATE)
        ? new RateLimits(get, config.getInt(POST_RATE))
        : RateLimits.readOnly(get);
  }

  private Optional<ProxySettings> proxy() {
    String host = config.getString(PROXY_HOST);
    if (host.isBlank()) {
      return Optional.empty();
    }
    String user = config.getString(PROXY_USER);
    Optional<ProxySettings.Credentials> credentials =
        user.isEmpty()
            ? Optional.empty()
            : Optional.of(new ProxySettings.Credentials(user, secret(PROXY_PASSWORD)));
    return Optional.of(new ProxySettings(host, config.getInt(PROXY_PORT), credentials));
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
    Password password = config.getPassword(name);
    return password.value();
  }
}
