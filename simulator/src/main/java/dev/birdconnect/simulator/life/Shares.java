package dev.birdconnect.simulator.life;

/** Numbers from 0 to 1. */
final class Shares {
  private Shares() {}

  static void check(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("The " + name + " of a profile must be from 0 to 1.");
    }
  }
}
