package dev.birdconnect.client.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Makes a failed exchange of an answer that OkHttp has not foreseen, such as one with a negative
 * status. Its exception would end the thread, and the runtime would print it with what it quotes.
 * The connection is closed, as OkHttp does not take it back.
 */
final class AnyAnswer implements Interceptor {

  @Override
  public Response intercept(Chain chain) throws IOException {
    try {
      return chain.proceed(chain.request());
    } catch (RuntimeException e) {
      chain.call().cancel();
      throw new UnreadableAnswerException(e);
    }
  }
}
