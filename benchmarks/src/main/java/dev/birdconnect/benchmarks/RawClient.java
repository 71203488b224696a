package dev.birdconnect.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * The same requests by the HTTP client alone: as many in flight as the sink has, each answer starts
 * the next one, the bodies are made beforehand. A program of its own, so that it has the same JVM
 * as the worker: its arguments are the address, the requests in flight and the sends of each; it
 * reads how many requests to make, a line for each round, and writes how many of them have failed.
 */
public final class RawClient {

  private static final int BATCHES = 100;
  private static final MediaType JSON = MediaType.get("application/json");

  private final OkHttpClient client;
  private final HttpUrl url;
  private final int inFlight;
  private final RequestBody[] bodies;

  private RawClient(String url, int inFlight, int sends) {
    this.url = HttpUrl.get(url);
    this.inFlight = inFlight;
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(inFlight);
    dispatcher.setMaxRequestsPerHost(inFlight);
    client =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(new ConnectionPool(inFlight, 30, TimeUnit.SECONDS))
            .build();
    bodies = new RequestBody[sends == 1 ? Load.KEYS : BATCHES];
    for (int i = 0; i < bodies.length; i++) {
      byte[] body =
          sends == 1 ? Load.value(i, Load.KEYS) : Load.batch(i, sends, sends * bodies.length);
      bodies[i] = RequestBody.create(body, JSON);
    }
  }

  /** Makes rounds of requests until its input ends. */
  public static void main(String[] arguments) throws Exception {
    RawClient raw =
        new RawClient(arguments[0], Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    BufferedReader rounds =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = rounds.readLine(); line != null; line = rounds.readLine()) {
      System.out.println(raw.round(Integer.parseInt(line)));
    }
    System.exit(0);
  }

  private int round(int requests) throws InterruptedException {
    Round round = new Round(requests);
    for (int i = 0; i < inFlight; i++) {
      round.next();
    }
    round.left.await();
    return round.failed.get();
  }

  private final class Round implements Callback {
    private final int requests;
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final CountDownLatch left;

    private Round(int requests) {
      this.requests = requests;
      this.left = new CountDownLatch(requests);
    }

    private void next() {
      int index = started.getAndIncrement();
      if (index < requests) {
        Request request =
            new Request.Builder()
                .url(url)
                .header("Authorization", "AccessKey key")
                .post(bodies[index % bodies.length])
                .build();
        client.newCall(request).enqueue(this);
      }
    }

    @Override
    public void onFailure(Call call, IOException failure) {
      failed.incrementAndGet();
      ended();
    }

    @Override
    public void onResponse(Call call, Response response) throws IOException {
      try (response) {
        var unused = response.body().bytes();
        if (!response.isSuccessful()) {
          failed.incrementAndGet();
        }
      }
      ended();
    }

    private void ended() {
      next();
      left.countDown();
    }
  }
}
