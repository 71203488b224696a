package dev.birdconnect.source.reading;

import java.time.Duration;

/**
 * How channels are read.
 *
 * @param pageSize messages per page
 * @param pollInterval time from the begin of one sweep to the next
 * @param overlap how old a message is, by the server's clock, before it is emitted
 * @param statusMaxAge how long the statuses of a message are followed
 * @param mostKept how many messages a sweep may keep in memory, and how many emitted ones are
 *     remembered
 */
public record ReadSettings(
    int pageSize, Duration pollInterval, Duration overlap, Duration statusMaxAge, int mostKept) {}
