package dev.birdconnect.source.reading;

import dev.birdconnect.source.position.Phase;
import java.util.Optional;

/**
 * Where a message was found.
 *
 * @param phase in which way the channel is read
 * @param pageToken the page to go on from, read from the oldest message upwards; empty for the
 *     first page
 */
record Place(Phase phase, Optional<String> pageToken) {}
