package dev.birdconnect.simulator.switches;

import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * The switches of a running simulator. Reading is one volatile read; a request reads once and so
 * sees one setting throughout. Safe for use by several threads.
 */
public final class Switches {
  private volatile SwitchValues values;

  /** Switches that begin with these values. */
  public Switches(SwitchValues values) {
    this.values = values;
  }

  /** The values in force. */
  public SwitchValues values() {
    return values;
  }

  /** Sets the switch of this choice to it. */
  public void set(Choice choice) {
    change(now -> now.with(choice));
  }

  /**
   * Sets a switch that takes a duration.
   *
   * @throws IllegalArgumentException when it does not take this one
   */
  public void set(Switch of, Duration duration) {
    change(now -> now.with(of, duration));
  }

  /** Sets every switch back to its default. */
  public void reset() {
    change(now -> SwitchValues.defaults());
  }

  /** Changes several switches in one step. */
  public synchronized void change(UnaryOperator<SwitchValues> change) {
    values = change.apply(values);
  }
}
