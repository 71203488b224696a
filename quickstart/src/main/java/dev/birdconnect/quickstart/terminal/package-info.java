/** What the quickstart shows: live progress and the summary. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.quickstart.terminal;
