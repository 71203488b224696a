package dev.birdconnect.source.discovery;

import java.time.Duration;

/** Reads the list of a workspace's channels. */
public interface ChannelLister {

  /**
   * Reads it once, from its begin to its end.
   *
   * @param patience longest time to wait for each of its pages
   */
  Finding read(Duration patience) throws InterruptedException;
}
