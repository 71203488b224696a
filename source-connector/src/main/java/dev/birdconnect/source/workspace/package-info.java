/** The list of all channels of a workspace, read to spare readings of the channels' own lists. */
@org.jspecify.annotations.NullMarked
package dev.birdconnect.source.workspace;
