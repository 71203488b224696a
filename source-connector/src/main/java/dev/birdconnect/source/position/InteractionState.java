package dev.birdconnect.source.position;

import java.util.List;

/**
 * Which interactions of a part of a channel's messages are emitted.
 *
 * @param forgottenUpTo messages whose age begins up to here and that are not in the list are no
 *     longer known; in seconds since 1970
 * @param emitted the known messages
 */
public record InteractionState(long forgottenUpTo, List<Emitted> emitted) {

  /** Number of parts; a constant of {@link InteractionOffsets#VERSION}. */
  public static final int PARTS = 16;

  /** A part of which nothing is known. */
  public static final InteractionState NOTHING = new InteractionState(Long.MIN_VALUE, List.of());

  public InteractionState {
    emitted = List.copyOf(emitted);
  }

  /**
   * The interactions of a message that are emitted.
   *
   * @param messageId the message's id
   * @param agesFrom when its age begins, in seconds since 1970
   * @param marks what the interactions are recognised by
   */
  public record Emitted(String messageId, long agesFrom, List<String> marks) {

    public Emitted {
      marks = List.copyOf(marks);
    }
  }

  /** The part that a message belongs to, from 0 to {@link #PARTS} - 1. */
  public static int part(String messageId) {
    return Shards.of(messageId) % PARTS;
  }
}
