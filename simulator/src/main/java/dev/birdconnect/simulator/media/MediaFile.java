package dev.birdconnect.simulator.media;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * An uploaded file.
 *
 * @param contentType what it was announced as
 * @param channel the only channel it can be used with; any when empty
 * @param content where its bytes are
 */
public record MediaFile(String contentType, Optional<UUID> channel, Path content) {}
