package dev.birdconnect.source.discovery;

import java.time.Duration;

/** Lets a thread wait. */
public interface Pause {

  /** Waits this long. */
  void of(Duration time) throws InterruptedException;
}
