package dev.birdconnect.client.http;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * How OkHttp is set up.
 *
 * <p>The pool may hold as many connections as there are calls at the same time. Over HTTP/2 OkHttp
 * puts as many calls on a connection as the server allows streams and opens another one for the
 * rest, so that the server's limit does not bound the calls. Before a new connection's settings
 * have come it may put more on it; the server refuses these, so they have not left. Pings find out
 * about a connection that has died silently: over HTTP/2 a call that is cut off by its time-out
 * does not close its connection, and all later ones would go the same way.
 */
final class OkHttpSetup {

  static final String PROXY_AUTHORIZATION = "Proxy-Authorization";

  private static final Duration IDLE_CONNECTION = Duration.ofSeconds(30);
  private static final Duration PING_INTERVAL = Duration.ofSeconds(10);

  private OkHttpSetup() {}

  static OkHttpClient client(TransportSettings settings, ExecutorService threads) {
    Dispatcher dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(settings.maxInFlight());
    dispatcher.setMaxRequestsPerHost(settings.maxInFlight());
    TlsContext tls = TlsContext.of(settings.tls());
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(
                new ConnectionPool(
                    settings.maxInFlight(), IDLE_CONNECTION.toSeconds(), TimeUnit.SECONDS))
            .protocols(protocols(settings.httpVersion()))
            .pingInterval(PING_INTERVAL)
            .callTimeout(settings.requestTimeout())
            .connectTimeout(settings.requestTimeout())
            .readTimeout(settings.requestTimeout())
            .writeTimeout(settings.requestTimeout())
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .addInterceptor(new AnyAnswer())
            .addNetworkInterceptor(new SingleExchange())
            .sslSocketFactory(tls.context().getSocketFactory(), tls.trustManager())
            .eventListenerFactory(OkHttpSetup::progressOf);
    settings.proxy().ifPresent(proxy -> useProxy(builder, proxy));
    return builder.build();
  }

  private static List<Protocol> protocols(HttpVersion version) {
    return version == HttpVersion.HTTP_1_1
        ? List.of(Protocol.HTTP_1_1)
        : List.of(Protocol.HTTP_2, Protocol.HTTP_1_1);
  }

  private static void useProxy(OkHttpClient.Builder builder, ProxySettings proxy) {
    builder.proxy(
        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
    authorization(proxy)
        .ifPresent(
            authorization ->
                builder.proxyAuthenticator(
                    (route, response) ->
                        response.request().header(PROXY_AUTHORIZATION) == null
                            ? response
                                .request()
                                .newBuilder()
                                .header(PROXY_AUTHORIZATION, authorization)
                                .build()
                            : null));
  }

  /** What the proxy is shown, where it asks for credentials. */
  static Optional<String> authorization(ProxySettings proxy) {
    return proxy.credentials().map(one -> Credentials.basic(one.user(), one.password()));
  }

  private static EventListener progressOf(Call call) {
    RequestProgress progress = call.request().tag(RequestProgress.class);
    return progress == null ? EventListener.NONE : progress;
  }
}
