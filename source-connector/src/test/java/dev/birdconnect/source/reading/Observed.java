package dev.birdconnect.source.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Remembers what it is told. */
public final class Observed implements ReadingObserver {

  private final Map<ReadPurpose, Integer> asked = new EnumMap<>(ReadPurpose.class);
  private final List<String> stopped = new ArrayList<>();
  private int failed;
  private int emitted;
  private int unreadable;
  private int beyondOffsets;
  private int gone;
  private int open;
  private Duration oldest = Duration.ZERO;
  private Duration behind = Duration.ZERO;

  @Override
  public void asked(ReadPurpose purpose) {
    asked.merge(purpose, 1, Integer::sum);
  }

  @Override
  public void failed() {
    failed++;
  }

  @Override
  public void emitted(Emission emission, Instant serverTime) {
    emitted++;
  }

  @Override
  public void unreadable() {
    unreadable++;
  }

  @Override
  public void beyondOffsets(int messages) {
    beyondOffsets += messages;
  }

  @Override
  public void gone() {
    gone++;
  }

  @Override
  public void emittedUpTo(String channelId, Duration ago) {
    behind = ago;
  }

  @Override
  public void open(String channelId, int messages, Duration ageOfOldest) {
    open = messages;
    oldest = ageOfOldest;
  }

  @Override
  public void stopped(String channelId) {
    stopped.add(channelId);
  }

  public int reads(ReadPurpose... purposes) {
    int sum = 0;
    for (ReadPurpose purpose : purposes) {
      sum += asked.getOrDefault(purpose, 0);
    }
    return sum;
  }

  public int timesFailed() {
    return failed;
  }

  public int timesEmitted() {
    return emitted;
  }

  public int timesUnreadable() {
    return unreadable;
  }

  public int messagesBeyondOffsets() {
    return beyondOffsets;
  }

  public int messagesGone() {
    return gone;
  }

  public int messagesOpen() {
    return open;
  }

  public Duration oldest() {
    return oldest;
  }

  public Duration behind() {
    return behind;
  }

  public List<String> channelsStopped() {
    return stopped;
  }
}
