package dev.birdconnect.simulator.life;

/** How a message gets to its platform. */
public sealed interface Handover {
  /** At its time: the platform has room. */
  record InTime() implements Handover {}

  /** After waiting in {@code processing}, because the platform had no room before. */
  record Later(long atMillis) implements Handover {}

  /** Not at all: the platform had no room at any of the tries. */
  record GivenUp(long atMillis) implements Handover {}
}
