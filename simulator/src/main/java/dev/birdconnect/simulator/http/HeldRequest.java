package dev.birdconnect.simulator.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EndPoint;

/**
 * A request that is answered later, or never. By HTTP/2 the server hears of a client that gives it
 * up; from then on the request itself must not be touched, since the server uses it anew.
 */
final class HeldRequest implements AsyncListener {
  private final String method;
  private final EndPoint endPoint;
  private final Consumer<HeldRequest> over;

  /**
   * A request that is not held yet.
   *
   * @param over is told when it has ended, however that was
   */
  HeldRequest(HttpServletRequest request, Consumer<HeldRequest> over) {
    this.method = request.getMethod();
    this.endPoint = Connections.endPoint(request);
    this.over = over;
  }

  /** Holds it for as long as it takes. */
  void hold(HttpServletRequest request) {
    AsyncContext async = request.startAsync();
    async.setTimeout(0);
    async.addListener(this);
  }

  String method() {
    return method;
  }

  EndPoint endPoint() {
    return endPoint;
  }

  @Override
  public void onComplete(AsyncEvent event) {
    over.accept(this);
  }

  @Override
  public void onError(AsyncEvent event) {
    over.accept(this);
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    // There is no time-out.
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // Held once only.
  }
}
