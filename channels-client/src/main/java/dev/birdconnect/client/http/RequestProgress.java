package dev.birdconnect.client.http;

import java.io.IOException;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Response;
import okhttp3.internal.http2.ConnectionShutdownException;
import okhttp3.internal.http2.ErrorCode;
import okhttp3.internal.http2.StreamResetException;

/**
 * Knows whether the server may have begun to work on a request: it may once the headers are
 * written, unless HTTP/2 says that it has not.
 */
final class RequestProgress extends EventListener {

  private volatile boolean began;
  private volatile boolean answering;

  @Override
  public void requestHeadersStart(Call call) {
    began = true;
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    answering = true;
  }

  /**
   * Whether the server may have begun to work on the request that {@code failure} broke off.
   *
   * <p>Two failures of HTTP/2 say for sure that it has not, as long as no answer has begun. {@code
   * REFUSED_STREAM} means that the stream was closed before any work on it (RFC 9113, 8.7); OkHttp
   * gives the same code to streams above the last one that a GOAWAY names, which were not worked on
   * either (6.8). And a connection already shut down takes no new stream, so nothing has left.
   */
  boolean mayHaveBegun(IOException failure) {
    boolean refused =
        failure instanceof ConnectionShutdownException
            || (failure instanceof StreamResetException reset
                && reset.errorCode == ErrorCode.REFUSED_STREAM);
    return began && (answering || !refused);
  }
}
