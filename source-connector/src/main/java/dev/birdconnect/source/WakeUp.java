package dev.birdconnect.source;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets the task's thread wait until there is something to do. */
interface WakeUp {

  /** There is something to do; called from any thread. */
  void wake();

  /**
   * Waits until {@link #wake} is called, which may have been before, or the time is over.
   *
   * @param nanos the time
   */
  void await(long nanos) throws InterruptedException;

  /** One that waits by the clock of the machine. */
  static WakeUp real() {
    Semaphore woken = new Semaphore(0);
    return new WakeUp() {
      @Override
      public void wake() {
        woken.release();
      }

      @Override
      public void await(long nanos) throws InterruptedException {
        if (woken.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
          woken.drainPermits();
        }
      }
    };
  }
}
