package dev.birdconnect.common.config;

import dev.birdconnect.client.ChannelsClient;
import dev.birdconnect.client.RateLimits;
import dev.birdconnect.client.http.AccessKey;
import dev.birdconnect.client.http.TransportException;
import dev.birdconnect.client.http.TransportSettings;
import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.client.verdict.VerdictRules;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

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
  public static final String HTTP_VERSION = "bird.http.version";

  private static final String CONNECTION = "Connection";
  private static final String RATE = "Rate";
  private static final Duration LONGEST_VALIDATION = Duration.ofSeconds(20);
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
    NetworkConfig.define(definition);
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
        Validators.between(100, 300_000),
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
        "Whether validating a configuration asks the API if key, workspace, channels and the key's"
            + " rights are right. The right to send is asked for with a request that lacks"
            + " everything, so it is refused and sends nothing. It takes as long as one call may at"
            + " most, and no more than 20 seconds.",
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
        Validators.between(1, 50),
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
          Validators.between(1, 100_000),
          ConfigDef.Importance.LOW,
          "Sends per second that all tasks of this plugin in one worker may make in the workspace"
              + " together. The API allows 500 unless Bird has agreed on more.",
          RATE,
          2,
          ConfigDef.Width.SHORT,
          "Sends per second");
    }
  }

  /** The workspace that is configured. */
  public String workspaceId() {
    return config.getString(WORKSPACE_ID);
  }

  /** Longest time for one call. */
  public Duration requestTimeout() {
    return Duration.ofMillis(config.getInt(REQUEST_TIMEOUT));
  }

  /** Longest time that validation waits for the API. */
  public Duration validationPatience() {
    return requestTimeout().compareTo(LONGEST_VALIDATION) < 0
        ? requestTimeout()
        : LONGEST_VALIDATION;
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
   * @throws BadConnectionException when proxy or TLS cannot be used as set; says on which settings
   */
  public ChannelsClient open(int maxInFlight, ConflictRule conflictRule, String threadName) {
    NetworkConfig network = new NetworkConfig(config);
    network.check();
    TransportSettings settings =
        new TransportSettings(
            URI.create(config.getString(API_URL)),
            new AccessKey(config.getPassword(ACCESS_KEY).value()),
            requestTimeout(),
            maxInFlight,
            network.proxy(),
            network.tls(),
            network.httpVersion(),
            "kafka-connect-bird/" + PluginVersion.get(),
            threadName);
    try {
      return new ChannelsClient(settings, rates(), new VerdictRules(conflictRule));
    } catch (TransportException e) {
      throw NetworkConfig.complaint(e);
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

  /** GET requests per second that may be made. */
  public int getPerSecond() {
    return config.getInt(GET_RATE);
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
}
