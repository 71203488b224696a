package dev.birdconnect.client.request;

/**
 * Where a channel is found.
 *
 * @param workspaceId id of the workspace
 * @param channelId id of the channel
 */
public record ChannelAddress(String workspaceId, String channelId) {}
