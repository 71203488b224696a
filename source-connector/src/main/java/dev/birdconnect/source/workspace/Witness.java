package dev.birdconnect.source.workspace;

import java.time.Instant;

/**
 * A message that a channel's own list has shown, so that the workspace's list has to show it too.
 *
 * @param channelId the channel whose list it was
 * @param messageId the message
 * @param createdAt when it was made
 */
record Witness(String channelId, String messageId, Instant createdAt) {}
