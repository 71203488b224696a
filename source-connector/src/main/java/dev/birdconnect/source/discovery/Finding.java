package dev.birdconnect.source.discovery;

import java.util.Set;

/** What one reading of a workspace's list of channels has led to. */
public sealed interface Finding {

  /**
   * The list was read to its end.
   *
   * @param ids the channels that are wanted
   * @param whole whether every entry could be read: otherwise more of them may be there
   */
  record Channels(Set<String> ids, boolean whole) implements Finding {

    public Channels {
      ids = Set.copyOf(ids);
    }
  }

  /**
   * It could not be read.
   *
   * @param reason why, in lower case and without a full stop
   */
  record Failed(String reason) implements Finding {}
}
