package dev.birdconnect.sink.upload;

import dev.birdconnect.client.request.ChannelAddress;
import okio.ByteString;

/**
 * What equal media have in common: they can share one upload.
 *
 * @param address the workspace and channel that they are uploaded for
 * @param contentType their media type
 * @param digest the SHA-256 of their bytes
 */
record MediaKey(ChannelAddress address, String contentType, ByteString digest) {}
