package dev.birdconnect.source.reading;

import dev.birdconnect.source.position.Position;

/** Where a channel's reading goes on after a start. */
sealed interface Resume {

  /** Something of the channel was never emitted: from the oldest message upwards. */
  record FromOldest() implements Resume {}

  /**
   * Inside a back-fill.
   *
   * @param pageToken the page
   * @param floor all up to here is emitted; the page has to begin at or before it
   */
  record FromPage(String pageToken, Position floor) implements Resume {}

  /**
   * From the newest message downwards.
   *
   * @param floor all up to here is emitted, or not to be
   */
  record FromHead(Position floor) implements Resume {}
}
