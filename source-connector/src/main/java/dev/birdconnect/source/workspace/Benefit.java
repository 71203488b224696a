package dev.birdconnect.source.workspace;

/** Whether the sweeps that are left out are more than the pages they cost. */
final class Benefit {

  private static final int PAGES = 30;

  private int pages;
  private int leftOut;

  void pageIsRead() {
    pages++;
  }

  void sweepIsLeftOut() {
    leftOut++;
  }

  void sweepIsMadeAfterAll() {
    leftOut--;
  }

  /** Whether enough pages have brought too little; once there are enough it counts anew. */
  boolean isTooLittle() {
    if (pages < PAGES) {
      return false;
    }
    boolean tooLittle = leftOut <= pages;
    begin();
    return tooLittle;
  }

  void begin() {
    pages = 0;
    leftOut = 0;
  }
}
