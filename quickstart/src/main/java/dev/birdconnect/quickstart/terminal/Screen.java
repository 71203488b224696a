package dev.birdconnect.quickstart.terminal;

import dev.birdconnect.quickstart.evidence.Progress;
import java.util.List;

/** Where the quickstart shows what it does. Used by one thread. */
public interface Screen {

  /** Adds a line for good. */
  void say(String line);

  /**
   * Shows how far the run is, as often as the screen wants it.
   *
   * @param progress the numbers now
   * @param news what happened since the last call, oldest first
   */
  void progress(Progress progress, List<String> news);

  /** Shows the last progress for good; later lines come below it. */
  void endProgress();
}
