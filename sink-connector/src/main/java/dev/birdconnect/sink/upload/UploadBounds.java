package dev.birdconnect.sink.upload;

import java.time.Duration;

/**
 * How much uploads may take.
 *
 * @param uploads most of them at the same time
 * @param bytes most bytes of them at the same time; a larger medium is uploaded alone
 * @param cacheEntries most addresses of uploaded media that are remembered
 * @param cacheAge how long an address is used again
 */
public record UploadBounds(int uploads, long bytes, int cacheEntries, Duration cacheAge) {}
