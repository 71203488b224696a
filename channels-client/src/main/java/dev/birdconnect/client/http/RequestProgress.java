package dev.birdconnect.client.http;

import okhttp3.Call;
import okhttp3.EventListener;

/** Knows whether anything of a request may have left: it has once its headers are written. */
final class RequestProgress extends EventListener {

  private volatile boolean began;

  boolean began() {
    return began;
  }

  @Override
  public void requestHeadersStart(Call call) {
    began = true;
  }
}
