package dev.birdconnect.simulator;

/** The program: starts a simulator and says where it is. */
public final class SimulatorMain {
  private SimulatorMain() {}

  /** Starts the simulator. */
  public static void main(String[] arguments) {
    Simulator.start(SimulatorSettings.demo());
  }
}
