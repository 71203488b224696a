package dev.birdconnect.source.config;

/** How the channels to read are known. */
public enum Discovery {
  /** They are listed by their ids. */
  LIST,
  /** All of the workspace whose platform matches a pattern. */
  PLATFORM,
  /** All of the workspace. */
  WORKSPACE
}
