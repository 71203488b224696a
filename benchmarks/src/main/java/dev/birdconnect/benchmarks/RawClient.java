package dev.birdconnect.benchmarks;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The same requests by the HTTP client alone, as many in flight as the sink has. */
final class RawClient implements AutoCloseable {

  private static final MediaType JSON = MediaType.get("application/json");

  private final OkHttpClient client;
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  RawClient(int inFlight) {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(inFlight);
    dispatcher.setMaxRequestsPerHost(inFlight);
    client =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(new ConnectionPool(inFlight, 30, java.util.concurrent.TimeUnit.SECONDS))
            .build();
  }

  /** Sends the load; returns the rate of its middle part. */
  double perSecond(String url, String accessKey, int records) throws InterruptedException {
    int from = answered.get();
    // Asking takes a good part of the round, so it must not keep the rate from being watched.
    Thread asking = new Thread(() -> ask(url, accessKey, records), "raw-client-load");
    asking.start();
    double rate = MiddlePart.perSecond(answered::get, from, records);
    asking.join();
    if (failed.get() > 0) {
      throw new IllegalStateException(failed.get() + " requests of the raw client failed.");
    }
    return rate;
  }

  private void ask(String url, String accessKey, int records) {
    for (int i = 0; i < records; i++) {
      Request request =
          new Request.Builder()
              .url(url)
              .header("Authorization", "AccessKey " + accessKey)
              .post(RequestBody.create(Load.value(i), JSON))
              .build();
      client.newCall(request).enqueue(new Counter());
    }
  }

  private final class Counter implements Callback {
    @Override
    public void onFailure(Call call, IOException failure) {
      failed.incrementAndGet();
      answered.incrementAndGet();
    }

    @Override
    public void onResponse(Call call, Response response) throws IOException {
      try (response) {
        var unused = response.body().bytes();
        if (!response.isSuccessful()) {
          failed.incrementAndGet();
        }
      }
      answered.incrementAndGet();
    }
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
