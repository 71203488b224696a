package dev.birdconnect.benchmarks;

import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;

/**
 * The HTTP server of the simulator with nothing behind it: takes any request, answers bytes of the
 * same size. A program of its own, so that it is measured like the simulator.
 */
public final class EmptyServer {
  private static final int MESSAGE_BYTES = 800;
  private static final int PAGE_BYTES = 1_000_000;

  private EmptyServer() {}

  /** Starts it and says where it listens. */
  public static void main(String[] arguments) {
    byte[] message = new byte[MESSAGE_BYTES];
    byte[] page = new byte[PAGE_BYTES];
    Javalin javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.jetty.host = "127.0.0.1";
              config.jetty.port = 0;
              config.routes.post("/*", request -> answer(request, 202, message));
              config.routes.get("/*", request -> answer(request, 200, page));
            });
    javalin.start();
    System.out.println("The empty server listens on http://127.0.0.1:" + javalin.port() + " .");
  }

  private static void answer(Context request, int status, byte[] body) throws IOException {
    var unused = request.req().getInputStream().readAllBytes();
    request.res().setStatus(status);
    request.res().setContentType("application/json");
    request.res().setContentLength(body.length);
    request.res().getOutputStream().write(body);
  }
}
