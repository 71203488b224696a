package dev.birdconnect.source.workspace;

import java.time.Duration;

/**
 * When the workspace's list is used.
 *
 * @param leastChannels how many channels could rest
 * @param pause how long it is left when it spares too little
 * @param longPause how long it is left when it is not there or cannot be trusted
 */
public record WorkspaceUse(int leastChannels, Duration pause, Duration longPause) {

  private static final int LEAST_CHANNELS = 10;

  /** How tasks use it. */
  public static final WorkspaceUse USUAL =
      new WorkspaceUse(LEAST_CHANNELS, Duration.ofMinutes(10), Duration.ofHours(1));

  /** Channels rest for a minute at most, so there have to be several sweeps in it to be spared. */
  private static final Duration LONGEST_POLL = Duration.ofSeconds(20);

  /** Whether it can spare reads in a task at all. */
  public boolean canSpareReads(int channels, Duration pollInterval) {
    return channels >= leastChannels && pollInterval.compareTo(LONGEST_POLL) <= 0;
  }
}
