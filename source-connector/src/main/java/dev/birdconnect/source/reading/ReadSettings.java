package dev.birdconnect.source.reading;

import java.time.Duration;
import java.util.Optional;

/**
 * How channels are read.
 *
 * @param start where the reading begins of which nothing is stored
 * @param pageSize messages per page
 * @param pollInterval time from the begin of one sweep to the next
 * @param overlap how old a message is, by the server's clock, before it is emitted
 * @param lookBack how old a message may be and still be remembered when it is closed
 * @param statusMaxAge how long the statuses of a message are followed
 * @param heartbeatInterval time from one heartbeat of a channel to the next; empty for none
 * @param mostKept how many messages a sweep may keep in memory
 * @param mostBytes how many bytes of messages a channel's sweep may keep, and how many a page is to
 *     have at most
 */
public record ReadSettings(
    Start start,
    int pageSize,
    Duration pollInterval,
    Duration overlap,
    Duration lookBack,
    Duration statusMaxAge,
    Optional<Duration> heartbeatInterval,
    int mostKept,
    long mostBytes) {}
