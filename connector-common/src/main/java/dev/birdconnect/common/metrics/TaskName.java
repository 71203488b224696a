package dev.birdconnect.common.metrics;

/**
 * Which task metrics are of.
 *
 * @param kind {@code sink} or {@code source}
 * @param connector the connector's name
 * @param task the task's number
 */
public record TaskName(String kind, String connector, String task) {}
