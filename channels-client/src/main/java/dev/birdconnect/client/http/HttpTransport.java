package dev.birdconnect.client.http;

import dev.birdconnect.client.http.HttpExchange.Broken;
import java.io.IOException;
import java.net.MalformedURLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Callback;
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

  private static final MediaType JSON = MediaType.get("application/json");
  private static final long MOST_OF_A_STORES_ANSWER = 1024 * 1024;
  private static final long UPLOAD_BYTES_PER_SECOND = 256 * 1024;
  private static final Duration IDLE_THREAD = Duration.ofSeconds(10);
  private static final long CLOSE_WAIT_MILLIS = 500;

  private final TransportSettings settings;
  private final HttpUrl baseUrl;
  private final ExecutorService threads;
  private final OkHttpClient client;
  private final AnswerReader answers = new AnswerReader();

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
          TransportException.Fault.ADDRESS,
          "The API's address has to begin with http:// or https://, as in https://api.bird.com.",
          null);
    }
    this.baseUrl = url;
    this.threads = new CallThreads(settings.threadName() + "-http-", IDLE_THREAD);
    this.client = OkHttpSetup.client(settings, threads);
  }

  /** The API's host and port, as they stand in its address. */
  public String host() {
    return baseUrl.host() + ":" + baseUrl.port();
  }

  /** A builder of addresses below the API's. */
  public HttpUrl.Builder url() {
    return baseUrl.newBuilder();
  }

  /** Whether the way to the API is encrypted. */
  public boolean isEncrypted() {
    return baseUrl.isHttps();
  }

  /**
   * Starts a GET.
   *
   * @param mostBytes longest body of a success; a longer one is cut off
   * @param whenDone told the end, on a thread of the transport
   * @return what cancels the call
   */
  public Runnable get(HttpUrl url, long mostBytes, Consumer<HttpExchange> whenDone) {
    return start(apiRequest(url).get(), mostBytes, whenDone);
  }

  /**
   * Starts a POST of a JSON document.
   *
   * @param mayLeave asked before the first byte; without it the request does not leave
   * @param mostBytes longest body of a success; a longer one is cut off
   * @param whenDone told the end, on a thread of the transport
   * @return what cancels the call
   */
  public Runnable post(
      HttpUrl url,
      byte[] json,
      BooleanSupplier mayLeave,
      long mostBytes,
      Consumer<HttpExchange> whenDone) {
    Request.Builder request = apiRequest(url).post(RequestBody.create(json, JSON));
    return start(once(request, mayLeave), mostBytes, whenDone);
  }

  /**
   * Starts an upload to a store, without the access key. It may take longer than a request to the
   * API, by a second for every {@value #UPLOAD_BYTES_PER_SECOND} bytes of the file.
   *
   * @param whenDone told the end, on a thread of the transport
   * @return what cancels the call
   */
  public Runnable upload(MultipartUpload upload, Consumer<HttpExchange> whenDone) {
    Optional<HttpUrl> url = upload.url();
    if (url.isEmpty()) {
      whenDone.accept(new Broken(new MalformedURLException("no address to upload to"), false));
      return () -> {};
    }
    Request.Builder request = request(url.get()).method(upload.method(), upload.body());
    Duration limit =
        settings.requestTimeout().plusSeconds(upload.content().size() / UPLOAD_BYTES_PER_SECOND);
    OkHttpClient patient = client.newBuilder().callTimeout(limit).readTimeout(limit).build();
    return start(patient, once(request, () -> true), MOST_OF_A_STORES_ANSWER, whenDone);
  }

  private Request.Builder apiRequest(HttpUrl url) {
    return request(url)
        .header("Authorization", settings.accessKey().header())
        .header("Accept", "application/json");
  }

  private Request.Builder request(HttpUrl url) {
    Request.Builder request =
        new Request.Builder().url(url).header("User-Agent", settings.userAgent());
    if (!url.isHttps()) {
      // Without a tunnel the proxy would ask only after the POST has left, and it leaves once.
      settings
          .proxy()
          .flatMap(OkHttpSetup::authorization)
          .ifPresent(
              authorization -> request.header(OkHttpSetup.PROXY_AUTHORIZATION, authorization));
    }
    return request;
  }

  private static Request.Builder once(Request.Builder request, BooleanSupplier mayLeave) {
    return request.tag(SingleExchange.Marker.class, new SingleExchange.Marker(mayLeave));
  }

  private Runnable start(Request.Builder request, long mostBytes, Consumer<HttpExchange> whenDone) {
    return start(client, request, mostBytes, whenDone);
  }

  private Runnable start(
      OkHttpClient client,
      Request.Builder request,
      long mostBytes,
      Consumer<HttpExchange> whenDone) {
    RequestProgress progress = new RequestProgress();
    Call call = client.newCall(request.tag(RequestProgress.class, progress).build());
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(Call failed, IOException failure) {
            whenDone.accept(new Broken(failure, progress.mayHaveBegun(failure)));
          }

          @Override
          public void onResponse(Call answered, Response response) {
            whenDone.accept(answers.read(response, mostBytes));
          }
        });
    return call::cancel;
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
