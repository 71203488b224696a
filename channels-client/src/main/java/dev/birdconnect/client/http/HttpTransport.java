package dev.birdconnect.client.http;

import dev.birdconnect.client.http.HttpExchange.Answered;
import dev.birdconnect.client.http.HttpExchange.Broken;
import dev.birdconnect.client.verdict.Answer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Asynchronous HTTP on OkHttp, set up so that no request leaves twice: no retry on connection
 * failure, no redirects, and {@link SingleExchange}. Owns its threads and connections.
 */
public final class HttpTransport implements AutoCloseable {

  private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";
  private static final MediaType JSON = MediaType.get("application/json");
  private static final Duration IDLE_CONNECTION = Duration.ofSeconds(30);
  private static final Duration IDLE_THREAD = Duration.ofSeconds(10);
  private static final long CLOSE_WAIT_MILLIS = 500;

  private final TransportSettings settings;
  private final HttpUrl baseUrl;
  private final ExecutorService threads;
  private final OkHttpClient client;

  /**
   * Opens nothing yet; connections come with the first requests.
   *
   * @throws TransportException when the URL or a TLS store cannot be used
   */
  public HttpTransport(TransportSettings settings) {
    this.settings = settings;
    HttpUrl url = HttpUrl.get(settings.apiUrl());
    if (url == null) {
      throw new TransportException(
          "The API's address has to begin with http:// or https://, as in https://api.bird.com.",
          null);
    }
    this.baseUrl = url;
    this.threads = threads(settings.threadName());
    this.client = client(settings, threads);
  }

  private static ExecutorService threads(String name) {
    AtomicInteger count = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_THREAD.toMillis(),
        TimeUnit.MILLISECONDS,
        new SynchronousQueue<>(),
        action -> {
          Thread thread = new Thread(action, name + "-http-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  private static OkHttpClient client(TransportSettings settings, ExecutorService threads) {
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
            .callTimeout(settings.requestTimeout())
            .connectTimeout(settings.requestTimeout())
            .readTimeout(settings.requestTimeout())
            .writeTimeout(settings.requestTimeout())
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .addNetworkInterceptor(new SingleExchange())
            .sslSocketFactory(tls.context().getSocketFactory(), tls.trustManager())
            .eventListenerFactory(HttpTransport::progressOf);
    settings.proxy().ifPresent(proxy -> useProxy(builder, proxy));
    return builder.build();
  }

  private static void useProxy(OkHttpClient.Builder builder, ProxySettings proxy) {
    builder.proxy(
        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
    proxyAuthorization(proxy)
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

  private static Optional<String> proxyAuthorization(ProxySettings proxy) {
    return proxy.credentials().map(one -> Credentials.basic(one.user(), one.password()));
  }

  private static EventListener progressOf(Call call) {
    RequestProgress progress = call.request().tag(RequestProgress.class);
    return progress == null ? EventListener.NONE : progress;
  }

  /** The API's host and port, as they stand in its address. */
  public String host() {
    return baseUrl.host() + ":" + baseUrl.port();
  }

  /** A builder of addresses below the API's. */
  public HttpUrl.Builder url() {
    return baseUrl.newBuilder();
  }

  /**
   * Starts a GET.
   *
   * @param whenDone told the end, on a thread of the transport
   * @return what cancels the call
   */
  public Runnable get(HttpUrl url, Consumer<HttpExchange> whenDone) {
    return start(request(url).get(), whenDone);
  }

  /**
   * Starts a POST of a JSON document.
   *
   * @param whenDone told the end, on a thread of the transport
   * @return what cancels the call
   */
  public Runnable post(HttpUrl url, byte[] json, Consumer<HttpExchange> whenDone) {
    Request.Builder request =
        request(url)
            .post(RequestBody.create(json, JSON))
            .tag(SingleExchange.Marker.class, new SingleExchange.Marker());
    return start(request, whenDone);
  }

  private Request.Builder request(HttpUrl url) {
    Request.Builder request =
        new Request.Builder()
            .url(url)
            .header("Authorization", settings.accessKey().header())
            .header("Accept", "application/json")
            .header("User-Agent", settings.userAgent());
    if (!url.isHttps()) {
      // Without a tunnel the proxy would ask only after the POST has left, and it leaves once.
      settings
          .proxy()
          .flatMap(HttpTransport::proxyAuthorization)
          .ifPresent(authorization -> request.header(PROXY_AUTHORIZATION, authorization));
    }
    return request;
  }

  private Runnable start(Request.Builder request, Consumer<HttpExchange> whenDone) {
    RequestProgress progress = new RequestProgress();
    Call call = client.newCall(request.tag(RequestProgress.class, progress).build());
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(Call failed, IOException failure) {
            whenDone.accept(new Broken(failure, progress.began()));
          }

          @Override
          public void onResponse(Call answered, Response response) {
            whenDone.accept(read(response));
          }
        });
    return call::cancel;
  }

  private static HttpExchange read(Response response) {
    try (response) {
      return new Answered(
          new Answer(
              response.code(),
              response.body().byteString(),
              Optional.ofNullable(response.headers().getDate("Date")).map(Date::toInstant),
              Optional.ofNullable(response.header("Retry-After"))));
    } catch (IOException e) {
      return new Broken(e, true);
    }
  }

  /** Cancels what is under way and gives up threads and connections. */
  @Override
  public void close() {
    client.dispatcher().cancelAll();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    client.connectionPool().evictAll();
  }
}
