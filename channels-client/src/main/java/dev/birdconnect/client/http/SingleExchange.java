package dev.birdconnect.client.http;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Refuses a second exchange of a POST, and the first one when it may no longer leave. OkHttp
 * repeats one by itself in a few cases, for instance on 503 with {@code Retry-After: 0}, although
 * its retries are off; for a send a repeat is a second message.
 */
final class SingleExchange implements Interceptor {

  /** The tag that remembers, per call, whether the request has left. */
  static final class Marker {
    private final AtomicBoolean left = new AtomicBoolean();
    private final BooleanSupplier mayLeave;

    /**
     * @param mayLeave asked when the connection stands, before the first byte of the request
     */
    Marker(BooleanSupplier mayLeave) {
      this.mayLeave = mayLeave;
    }
  }

  /** The second exchange of a POST. */
  static final class RepeatedExchangeException extends IOException {
    private static final long serialVersionUID = 1L;

    RepeatedExchangeException() {
      super("A POST was about to leave a second time.");
    }
  }

  /** A request that was no longer allowed to leave when it could. */
  static final class HeldBackException extends IOException {
    private static final long serialVersionUID = 1L;

    HeldBackException() {
      super("The request may no longer leave.");
    }
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Marker marker = request.tag(Marker.class);
    if (marker != null && marker.left.getAndSet(true)) {
      throw new RepeatedExchangeException();
    }
    if (marker != null && !marker.mayLeave.getAsBoolean()) {
      throw new HeldBackException();
    }
    return chain.proceed(request);
  }
}
